package io.penstock.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.penstock.exporter.fanout.LedgerRow;
import io.penstock.gateway.boot.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The exporters of the OpenTelemetry SDK push through a gateway to an OTLP target and to a file.
 * What they sent is known from a target that they reach without a gateway.
 */
class OtlpTest {
    private static final int WAIT_SECONDS = 20;
    private static final int RECORDS = 5;

    private final List<LogRecordData> logs = SdkTelemetry.logs(RECORDS);
    private final List<SpanData> spans = SdkTelemetry.spans(RECORDS);
    private final List<MetricData> metrics = SdkTelemetry.metrics();

    private static String exports(String target, String protocol, Path out) {
        return """
        otlp: {listen: true, grpc_port: 0, http_port: 0, default_repo: telemetry}
        exports:
        - {name: on, repo: telemetry, batch: {linger_ms: 0}, sink: {type: otlp, url: '%s', protocol: %s}}
        - {name: files, repo: telemetry, batch: {linger_ms: 0}, sink: {type: file, directory: '%s'}}
        """
                .formatted(target, protocol, out);
    }

    @ParameterizedTest
    @CsvSource({"grpc, grpc", "http, http", "http, grpc"})
    void theTargetGetsByteForByteWhatTheSdkSent(
            String in, String outProtocol, @TempDir Path directory) throws Exception {
        Path files = directory.resolve("files");
        try (OtlpTarget direct = new OtlpTarget();
                OtlpTarget target = new OtlpTarget()) {
            send(in, direct.url(), direct, 1);
            try (TestNode node =
                    TestNode.start(
                            directory.resolve("data"), exports(target.url(), outProtocol, files))) {
                int port = node.gateway().otlpPorts().get(in.equals("grpc") ? 0 : 1);
                send(in, "http://127.0.0.1:" + port, target, 1);
                settled(node);
            }
            assertThat(target.taken())
                    .hasSize(3)
                    .allMatch(taken -> taken.grpc() == outProtocol.equals("grpc"))
                    .extracting(OtlpTarget.Taken::message)
                    .containsExactlyElementsOf(
                            direct.taken().stream().map(OtlpTarget.Taken::message).toList());
            assertThat(lines(files)).containsExactlyInAnyOrderElementsOf(expected(direct));
        }
    }

    @Test
    void whatIsJoinedHoldsEveryMessageOnce(@TempDir Path directory) throws Exception {
        try (OtlpTarget direct = new OtlpTarget();
                OtlpTarget target = new OtlpTarget()) {
            send("grpc", direct.url(), direct, 20);
            String sections =
                    exports(target.url(), "grpc", directory.resolve("files"))
                            .replace("linger_ms: 0", "linger_ms: 300");
            try (TestNode node = TestNode.start(directory.resolve("data"), sections)) {
                send("grpc", "http://" + node.data(), null, 20);
                settled(node);
            }
            assertThat(target.taken()).hasSizeLessThan(direct.taken().size());
            for (String signal : List.of("logs", "metrics", "trace")) {
                assertThat(joined(target, signal)).as(signal).isEqualTo(joined(direct, signal));
            }
        }
    }

    @Test
    void anOtlpSinkWithTransformsIsAFaultOfTheConfiguration(@TempDir Path directory) {
        String sections =
                exports("http://127.0.0.1:1", "grpc", directory)
                        .replace("{name: on,", "{name: on, transforms: [{drop: [body]}],");

        assertThatThrownBy(() -> TestNode.make(TestNode.yaml(directory, sections)))
                .hasMessageContaining("exports: on: transforms have no effect on bytes");
    }

    /** Equal requests are sent, so their order does not matter. */
    private static Object joined(OtlpTarget target, String signal) throws Exception {
        ByteString all =
                target.taken().stream()
                        .filter(taken -> taken.signal().equals(signal))
                        .map(OtlpTarget.Taken::message)
                        .reduce(ByteString.EMPTY, ByteString::concat);
        return switch (signal) {
            case "logs" -> ExportLogsServiceRequest.parseFrom(all);
            case "metrics" -> ExportMetricsServiceRequest.parseFrom(all);
            default -> ExportTraceServiceRequest.parseFrom(all);
        };
    }

    /** Sends logs, spans and metrics, so often; waits for each to arrive, if told where. */
    private void send(String protocol, String url, @Nullable OtlpTarget at, int times)
            throws Exception {
        boolean grpc = protocol.equals("grpc");
        try (LogRecordExporter ofLogs = logExporter(grpc, url);
                SpanExporter ofSpans = spanExporter(grpc, url);
                MetricExporter ofMetrics = metricExporter(grpc, url)) {
            for (int i = 0; i < times; i++) {
                int before = at == null ? 0 : at.taken().size();
                sent(ofLogs.export(logs), at, before + 1);
                sent(ofSpans.export(spans), at, before + 2);
                sent(ofMetrics.export(metrics), at, before + 3);
            }
        }
    }

    private static LogRecordExporter logExporter(boolean grpc, String url) {
        return grpc
                ? OtlpGrpcLogRecordExporter.builder()
                        .setEndpoint(url)
                        .setCompression("gzip")
                        .build()
                : OtlpHttpLogRecordExporter.builder()
                        .setEndpoint(url + "/v1/logs")
                        .setCompression("gzip")
                        .build();
    }

    private static SpanExporter spanExporter(boolean grpc, String url) {
        return grpc
                ? OtlpGrpcSpanExporter.builder().setEndpoint(url).build()
                : OtlpHttpSpanExporter.builder().setEndpoint(url + "/v1/traces").build();
    }

    private static MetricExporter metricExporter(boolean grpc, String url) {
        return grpc
                ? OtlpGrpcMetricExporter.builder().setEndpoint(url).build()
                : OtlpHttpMetricExporter.builder().setEndpoint(url + "/v1/metrics").build();
    }

    private static void sent(CompletableResultCode code, @Nullable OtlpTarget at, int arrived)
            throws Exception {
        assertThat(code.join(WAIT_SECONDS, TimeUnit.SECONDS).isSuccess())
                .as("%s", code.getFailureThrowable())
                .isTrue();
        if (at != null) {
            await(at, arrived);
        }
    }

    private static void await(OtlpTarget target, int arrived) throws Exception {
        TestNode.until(() -> target.taken().size() == arrived);
    }

    private static void settled(TestNode node) throws Exception {
        TestNode.until(
                () -> {
                    List<LedgerRow> rows = node.gateway().view().ledger();
                    return rows.size() == 2
                            && rows.stream().allMatch(row -> row.delivered() == row.accepted());
                });
    }

    private static List<JsonObject> lines(Path directory) throws Exception {
        List<JsonObject> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".ndjson")).toList()) {
                Files.readAllLines(file).forEach(line -> lines.add(new JsonObject(line)));
            }
        }
        return lines;
    }

    /** What docs/otlp.md says of the messages, read by protobuf's classes. */
    private static List<JsonObject> expected(OtlpTarget direct) throws Exception {
        List<JsonObject> expected = new ArrayList<>();
        for (OtlpTarget.Taken taken : direct.taken()) {
            switch (taken.signal()) {
                case "logs" -> logs(ExportLogsServiceRequest.parseFrom(taken.message()), expected);
                case "metrics" ->
                        metrics(ExportMetricsServiceRequest.parseFrom(taken.message()), expected);
                default -> spans(ExportTraceServiceRequest.parseFrom(taken.message()), expected);
            }
        }
        return expected;
    }

    private static void logs(ExportLogsServiceRequest request, List<JsonObject> to) {
        for (var resource : request.getResourceLogsList()) {
            for (var scope : resource.getScopeLogsList()) {
                for (var log : scope.getLogRecordsList()) {
                    JsonObject json = time(log.getTimeUnixNano());
                    attributes(json, "resource.", resource.getResource().getAttributesList());
                    json.put("scope.name", scope.getScope().getName());
                    json.put("scope.version", scope.getScope().getVersion());
                    json.put("observed_time_unix_nano", log.getObservedTimeUnixNano());
                    json.put("severity_number", log.getSeverityNumberValue());
                    json.put("severity_text", log.getSeverityText());
                    json.put("body", log.getBody().getStringValue());
                    attributes(json, "", log.getAttributesList());
                    to.add(json);
                }
            }
        }
    }

    private static void spans(ExportTraceServiceRequest request, List<JsonObject> to) {
        for (var resource : request.getResourceSpansList()) {
            for (var scope : resource.getScopeSpansList()) {
                for (var span : scope.getSpansList()) {
                    JsonObject json = time(span.getStartTimeUnixNano());
                    attributes(json, "resource.", resource.getResource().getAttributesList());
                    json.put("scope.name", scope.getScope().getName());
                    json.put("trace_id", hex(span.getTraceId()));
                    json.put("span_id", hex(span.getSpanId()));
                    putText(json, "parent_span_id", hex(span.getParentSpanId()));
                    json.put("name", span.getName());
                    json.put("kind", span.getKindValue());
                    json.put("flags", span.getFlags());
                    json.put("end_time_unix_nano", span.getEndTimeUnixNano());
                    attributes(json, "", span.getAttributesList());
                    JsonArray events = new JsonArray();
                    for (var event : span.getEventsList()) {
                        JsonObject members = new JsonObject();
                        event.getAttributesList()
                                .forEach(
                                        each -> members.put(each.getKey(), value(each.getValue())));
                        events.add(
                                new JsonObject()
                                        .put("time_unix_nano", event.getTimeUnixNano())
                                        .put("name", event.getName())
                                        .put("attributes", members));
                    }
                    JsonArray links = new JsonArray();
                    for (var link : span.getLinksList()) {
                        links.add(
                                new JsonObject()
                                        .put("trace_id", hex(link.getTraceId()))
                                        .put("span_id", hex(link.getSpanId()))
                                        .put("flags", link.getFlags()));
                    }
                    if (!events.isEmpty()) {
                        json.put("events", events);
                        json.put("links", links);
                        json.put("status.code", span.getStatus().getCodeValue());
                        json.put("status.message", span.getStatus().getMessage());
                    }
                    to.add(json);
                }
            }
        }
    }

    private static void metrics(ExportMetricsServiceRequest request, List<JsonObject> to) {
        for (var resource : request.getResourceMetricsList()) {
            for (var scope : resource.getScopeMetricsList()) {
                for (Metric metric : scope.getMetricsList()) {
                    for (var point : metric.getSum().getDataPointsList()) {
                        JsonObject json = time(point.getTimeUnixNano());
                        json.put("type", "sum");
                        json.put("aggregation_temporality", 2).put("is_monotonic", true);
                        json.put("start_time_unix_nano", point.getStartTimeUnixNano());
                        json.put("value", point.getAsInt());
                        attributes(json, "", point.getAttributesList());
                        to.add(head(json, metric, resource.getResource().getAttributesList()));
                    }
                    for (var point : metric.getGauge().getDataPointsList()) {
                        JsonObject json = time(point.getTimeUnixNano());
                        json.put("type", "gauge");
                        json.put("start_time_unix_nano", point.getStartTimeUnixNano());
                        json.put("value", point.getAsDouble());
                        to.add(head(json, metric, resource.getResource().getAttributesList()));
                    }
                    for (var point : metric.getHistogram().getDataPointsList()) {
                        JsonObject json = time(point.getTimeUnixNano());
                        json.put("type", "histogram").put("aggregation_temporality", 2);
                        json.put("start_time_unix_nano", point.getStartTimeUnixNano());
                        json.put("count", point.getCount()).put("sum", point.getSum());
                        json.put("min", point.getMin()).put("max", point.getMax());
                        json.put("bucket_counts", new JsonArray(point.getBucketCountsList()));
                        json.put("explicit_bounds", new JsonArray(point.getExplicitBoundsList()));
                        to.add(head(json, metric, resource.getResource().getAttributesList()));
                    }
                }
            }
        }
    }

    private static JsonObject head(JsonObject json, Metric metric, List<KeyValue> resource) {
        attributes(json, "resource.", resource);
        json.put("scope.name", "shop.cart").put("name", metric.getName());
        putText(json, "unit", metric.getUnit());
        return json;
    }

    private static JsonObject time(long unixNano) {
        java.time.Instant time =
                java.time.Instant.ofEpochSecond(unixNano / 1_000_000_000, unixNano % 1_000_000_000);
        String text = time.toString();
        // as short as can be, where Instant goes by three digits
        String shortest = text.contains(".") ? text.replaceAll("0+Z$", "Z") : text;
        return new JsonObject().put("time", shortest);
    }

    private static void attributes(JsonObject json, String of, List<KeyValue> attributes) {
        for (KeyValue each : attributes) {
            json.put(of + "attributes." + each.getKey(), value(each.getValue()));
        }
    }

    private static Object value(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case BOOL_VALUE -> value.getBoolValue();
            case BYTES_VALUE ->
                    Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
            case ARRAY_VALUE ->
                    new JsonArray(
                            value.getArrayValue().getValuesList().stream()
                                    .map(OtlpTest::value)
                                    .toList());
            default -> throw new AssertionError(value);
        };
    }

    private static void putText(JsonObject json, String name, String text) {
        if (!text.isEmpty()) {
            json.put(name, text);
        }
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
