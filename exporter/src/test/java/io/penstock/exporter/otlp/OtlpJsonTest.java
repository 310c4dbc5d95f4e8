package io.penstock.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.penstock.exporter.record.BatchFault;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.text.Seed;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtlpJsonTest {
    private static final int ROUNDS = 1000;

    private final OtlpJson converter = new OtlpJson();

    @Test
    void isTheProtobufThatItStandsFor() throws Exception {
        SplittableRandom random = Seed.random("OtlpJsonTest");
        RandomRequests requests = new RandomRequests(random);
        for (int round = 0; round < ROUNDS; round++) {
            Encoding encoding = requests.encoding();
            Message request = requests.next(encoding);
            JsonObject json = json(request);
            String text = random.nextBoolean() ? json.encode() : json.encodePrettily();
            WriteBuffer out = new WriteBuffer(0);
            byte[] utf8 = (" " + text + "\n").getBytes(StandardCharsets.UTF_8);

            assertThat(converter.convert(encoding, utf8, 0, utf8.length, out)).as(text).isNull();
            assertThat(parse(encoding, out.toByteArray())).isEqualTo(known(request));
        }
    }

    private static Message parse(Encoding encoding, byte[] bytes) throws Exception {
        return switch (encoding) {
            case OTLP_LOGS -> ExportLogsServiceRequest.parseFrom(bytes);
            case OTLP_METRICS -> ExportMetricsServiceRequest.parseFrom(bytes);
            default -> ExportTraceServiceRequest.parseFrom(bytes);
        };
    }

    /** Without the fields that our tables leave out. */
    private static Message known(Message message) {
        Message.Builder builder = message.toBuilder();
        message.getAllFields()
                .forEach(
                        (field, value) -> {
                            if (left(field)) {
                                builder.clearField(field);
                            } else if (field.getType() == FieldDescriptor.Type.MESSAGE) {
                                Object known =
                                        field.isRepeated()
                                                ? ((List<?>) value)
                                                        .stream()
                                                                .map(m -> known((Message) m))
                                                                .toList()
                                                : known((Message) value);
                                builder.setField(field, known);
                            }
                        });
        return builder.build();
    }

    private static boolean left(FieldDescriptor field) {
        return field.getName().equals("entity_refs") || field.getName().endsWith("_strindex");
    }

    /** The mapping of the specification, by reflection. */
    private static JsonObject json(Message message) {
        JsonObject json = new JsonObject();
        message.getAllFields()
                .forEach((field, value) -> json.put(field.getJsonName(), many(field, value)));
        return json.put("notAFieldOfOurs", new JsonArray().add(1)).putNull("schemaUrlOfOld");
    }

    private static Object many(FieldDescriptor field, Object value) {
        if (!field.isRepeated()) {
            return one(field, value);
        }
        JsonArray array = new JsonArray();
        ((List<?>) value).forEach(each -> array.add(one(field, each)));
        return array;
    }

    private static Object one(FieldDescriptor field, Object value) {
        if (value instanceof Message message) {
            return json(message);
        }
        if (value instanceof ByteString bytes) {
            return field.getName().equals("bytes_value")
                    ? Base64.getEncoder().encodeToString(bytes.toByteArray())
                    : HexFormat.of().formatHex(bytes.toByteArray());
        }
        if (value instanceof EnumValueDescriptor member) {
            return member.getNumber();
        }
        if (value instanceof Double number && !Double.isFinite(number)) {
            return number.toString();
        }
        return switch (field.getType()) {
            case FIXED64, UINT64 -> Long.toUnsignedString((Long) value);
            case SFIXED64, INT64 -> value.toString();
            case UINT32, FIXED32 -> Integer.toUnsignedLong((Integer) value);
            default -> value;
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | byte 0: expected '{'",
                "{\"resourceLogs\":{}} | byte 16: resource_logs must be an array",
                "{\"resourceLogs\":[1]} | byte 17: resource_logs must hold objects",
                "{\"resourceLogs\":[{\"resource\":1}]} | byte 29: resource must be an object",
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"x\"}]}]}]} | byte 63: expected a whole number of 64 bits, not negative",
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"traceId\":\"xy\"}]}]}]} | byte 58: expected hexadecimal digits",
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":\"text\"}]}]}]} | byte 55: body must be an object",
                "{\"resourceLogs\":[] | byte 18: expected ',' or '}', the text ends",
                "{} {} | byte 2: expected the end of the text behind the object"
            })
    void namesTheByte(String text, String reason) {
        assertThat(convert(text)).extracting(BatchFault::reason).isEqualTo(reason);
    }

    @Test
    void brokenTextIsAFaultAndNothingWorse() {
        SplittableRandom random = Seed.random("OtlpJsonTest.broken");
        RandomRequests requests = new RandomRequests(random);
        String alphabet = "{}[],:\"\\ \n01truefalsenull.e-";
        int faults = 0;
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text =
                    new StringBuilder(json(requests.next(Encoding.OTLP_LOGS)).encode());
            for (int i = random.nextInt(4); i >= 0; i--) {
                int at = random.nextInt(text.length());
                text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
            }
            faults += convert(text.toString()) == null ? 0 : 1;
        }
        assertThat(faults).isBetween(ROUNDS / 4, ROUNDS);
    }

    private @Nullable BatchFault convert(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return converter.convert(Encoding.OTLP_LOGS, utf8, 0, utf8.length, new WriteBuffer(0));
    }
}
