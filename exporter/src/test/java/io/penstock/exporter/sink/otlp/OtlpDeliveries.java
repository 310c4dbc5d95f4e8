package io.penstock.exporter.sink.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.sink.contract.TestDelivery;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The records of {@link TestDelivery} as log records: fields are attributes. */
final class OtlpDeliveries {
    private OtlpDeliveries() {}

    static TestDelivery of(long number, List<String> texts) {
        byte[] body = request(number, texts).toByteArray();
        return TestDelivery.ofBatch(number, Encoding.OTLP_LOGS, body, texts.size());
    }

    static ExportLogsServiceRequest request(long number, List<String> texts) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (int i = 0; i < texts.size(); i++) {
            scope.addLogRecords(
                    LogRecord.newBuilder()
                            .addAttributes(text("marker", number + "-" + i))
                            .addAttributes(text("text", texts.get(i)))
                            .addAttributes(
                                    KeyValue.newBuilder()
                                            .setKey("count")
                                            .setValue(AnyValue.newBuilder().setIntValue(i))));
        }
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
                .build();
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    static List<JsonObject> records(byte[] message) {
        List<JsonObject> records = new ArrayList<>();
        try {
            for (var resource : ExportLogsServiceRequest.parseFrom(message).getResourceLogsList()) {
                for (var scope : resource.getScopeLogsList()) {
                    scope.getLogRecordsList().forEach(log -> records.add(json(log)));
                }
            }
        } catch (InvalidProtocolBufferException other) {
            throw new IllegalStateException(other);
        }
        return records;
    }

    private static JsonObject json(LogRecord log) {
        JsonObject json = new JsonObject();
        for (KeyValue each : log.getAttributesList()) {
            AnyValue value = each.getValue();
            json.put(
                    each.getKey(),
                    value.hasIntValue() ? (Object) value.getIntValue() : value.getStringValue());
        }
        return json;
    }
}
