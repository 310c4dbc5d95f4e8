package io.penstock.exporter.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.text.RandomText;
import java.util.SplittableRandom;

/** Requests with anything in any field, fields that we do not know among them. */
final class RandomRequests {
    private static final int MOST_NESTED = 12;
    private static final double[] DOUBLES = {0, -1.5, 1e300, Double.NaN, 1.0 / 0, 3.25};

    private final SplittableRandom random;

    RandomRequests(SplittableRandom random) {
        this.random = random;
    }

    Encoding encoding() {
        return Encoding.ofCode((byte) (5 + random.nextInt(3)));
    }

    Message next(Encoding encoding) {
        Message.Builder builder =
                switch (encoding) {
                    case OTLP_LOGS -> ExportLogsServiceRequest.newBuilder();
                    case OTLP_METRICS -> ExportMetricsServiceRequest.newBuilder();
                    default -> ExportTraceServiceRequest.newBuilder();
                };
        fill(builder, 0);
        return builder.build();
    }

    private void fill(Message.Builder builder, int depth) {
        for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            boolean nested = field.getType() == FieldDescriptor.Type.MESSAGE;
            if (random.nextInt(10) < 3 || (nested && depth > MOST_NESTED)) {
                continue;
            }
            if (field.isRepeated()) {
                for (int i = random.nextInt(4); i > 0; i--) {
                    builder.addRepeatedField(field, value(builder, field, depth));
                }
            } else {
                builder.setField(field, value(builder, field, depth));
            }
        }
    }

    private Object value(Message.Builder builder, FieldDescriptor field, int depth) {
        return switch (field.getJavaType()) {
            case STRING -> RandomText.next(random, 12);
            case BYTE_STRING -> bytes();
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(3);
            case LONG -> number(field.isRepeated() || field.getName().endsWith("time_unix_nano"));
            case DOUBLE -> DOUBLES[random.nextInt(DOUBLES.length)];
            case FLOAT -> 1f;
            case ENUM -> member(field.getEnumType());
            case MESSAGE -> {
                Message.Builder nested = builder.newBuilderForField(field);
                fill(nested, depth + 1);
                yield nested.build();
            }
        };
    }

    /**
     * A visitor hears times up to 2262 only, and the test's reader of arrays numbers below 2^63;
     * all others may be of any size.
     */
    private long number(boolean positive) {
        long number = random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(3);
        return positive ? number >>> 1 : number;
    }

    private Object member(EnumDescriptor type) {
        return type.getValues().get(random.nextInt(type.getValues().size()));
    }

    private ByteString bytes() {
        byte[] bytes = new byte[random.nextInt(20)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(256);
        }
        return ByteString.copyFrom(bytes);
    }
}
