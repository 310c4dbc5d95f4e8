package io.penstock.perf.load;

import com.google.protobuf.CodedOutputStream;
import io.penstock.perf.wire.Batch;
import io.penstock.proto.record.v1.FieldSchema;
import io.penstock.proto.record.v1.Record;
import io.penstock.proto.record.v1.RecordBatch;
import io.penstock.proto.record.v1.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of {@link AccessLogBatches} as log records of OTLP: one {@code
 * ExportLogsServiceRequest} of one resource and one scope, a time, a severity, a line as the body
 * and the twelve fields as attributes; about 460 bytes a record.
 *
 * <p>Numbers of fields: opentelemetry-proto 1.7, logs/v1/logs.proto and common/v1/common.proto.
 */
final class OtlpBatches {
    private static final int RESOURCE_LOGS = 1;
    private static final int RESOURCE = 1;
    private static final int RESOURCE_ATTRIBUTES = 1;
    private static final int SCOPE_LOGS = 2;
    private static final int SCOPE = 1;
    private static final int SCOPE_NAME = 1;
    private static final int LOG_RECORDS = 2;
    private static final int TIME_UNIX_NANO = 1;
    private static final int SEVERITY_NUMBER = 2;
    private static final int SEVERITY_TEXT = 3;
    private static final int BODY = 5;
    private static final int ATTRIBUTES = 6;
    private static final int OBSERVED_TIME_UNIX_NANO = 11;
    private static final int KEY = 1;
    private static final int VALUE = 2;
    private static final int STRING_VALUE = 1;
    private static final int BOOL_VALUE = 2;
    private static final int INT_VALUE = 3;

    private static final int INFO = 9;
    private static final long BATCH_DELAY_NS = 1_000_000;

    /** A tag and a length before each record, both of up to so many bytes. */
    private static final int FRAME_BYTES = 6;

    private OtlpBatches() {}

    /** So many different batches of a size. */
    static List<Batch> of(BatchSize size, int count, long seed) {
        List<Batch> batches = new ArrayList<>();
        for (Batch plain : AccessLogBatches.of(size, count, seed)) {
            try {
                batches.add(batch(RecordBatch.parseFrom(plain.bytes()), size));
            } catch (IOException e) {
                throw new UncheckedIOException("reading from memory", e);
            }
        }
        return batches;
    }

    private static Batch batch(RecordBatch plain, BatchSize size) throws IOException {
        byte[] scope = message(out -> out.writeString(SCOPE_NAME, "access"));
        byte[] resource =
                message(
                        out ->
                                out.writeByteArray(
                                        RESOURCE_ATTRIBUTES, attribute("service.name", "web")));
        List<byte[]> records = new ArrayList<>();
        int bytes = scope.length + resource.length + 4 * FRAME_BYTES;
        for (Record record : plain.getRecordsList()) {
            byte[] log = log(plain.getFieldsList(), record);
            bytes += log.length + FRAME_BYTES;
            if (bytes > size.maxBytes()) {
                break;
            }
            records.add(log);
        }
        byte[] scopeLogs =
                message(
                        out -> {
                            out.writeByteArray(SCOPE, scope);
                            for (byte[] log : records) {
                                out.writeByteArray(LOG_RECORDS, log);
                            }
                        });
        byte[] resourceLogs =
                message(
                        out -> {
                            out.writeByteArray(RESOURCE, resource);
                            out.writeByteArray(SCOPE_LOGS, scopeLogs);
                        });
        byte[] request = message(out -> out.writeByteArray(RESOURCE_LOGS, resourceLogs));
        return new Batch(request, records.size());
    }

    private static byte[] log(List<FieldSchema> fields, Record record) throws IOException {
        String line =
                record.getValues(3).getStringValue() + " " + record.getValues(4).getStringValue();
        return message(
                out -> {
                    out.writeFixed64(TIME_UNIX_NANO, record.getTimeUnixNano());
                    out.writeEnum(SEVERITY_NUMBER, INFO);
                    out.writeString(SEVERITY_TEXT, "INFO");
                    out.writeByteArray(BODY, message(any -> any.writeString(STRING_VALUE, line)));
                    for (int place = 0; place < fields.size(); place++) {
                        out.writeByteArray(
                                ATTRIBUTES,
                                attribute(fields.get(place).getName(), record.getValues(place)));
                    }
                    out.writeFixed64(
                            OBSERVED_TIME_UNIX_NANO, record.getTimeUnixNano() + BATCH_DELAY_NS);
                });
    }

    private static byte[] attribute(String key, String text) throws IOException {
        return attribute(key, Value.newBuilder().setStringValue(text).build());
    }

    private static byte[] attribute(String key, Value value) throws IOException {
        byte[] any =
                message(
                        out -> {
                            switch (value.getKindCase()) {
                                case INT_VALUE -> out.writeInt64(INT_VALUE, value.getIntValue());
                                case BOOL_VALUE -> out.writeBool(BOOL_VALUE, value.getBoolValue());
                                default -> out.writeString(STRING_VALUE, value.getStringValue());
                            }
                        });
        return message(
                out -> {
                    out.writeString(KEY, key);
                    out.writeByteArray(VALUE, any);
                });
    }

    /** Writes the fields of a message. */
    @FunctionalInterface
    private interface Fields {
        void writeTo(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        fields.writeTo(out);
        out.flush();
        return bytes.toByteArray();
    }
}
