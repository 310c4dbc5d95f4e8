package io.penstock.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.penstock.gateway.boot.TestNode;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pushes with a {@code traceparent} go through one gateway to a target over HTTP, to one over OTLP,
 * and over gRPC through another gateway; a collector has the spans of both.
 */
class TracingTest {
    private static final int WAIT_SECONDS = 20;
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CLIENT_SPAN = "b7ad6b7169203331";
    private static final String PARENT = "00-" + TRACE + "-" + CLIENT_SPAN + "-01";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Vertx vertx = Vertx.vertx();
    private final List<MultiMap> received = new CopyOnWriteArrayList<>();
    private HttpServer receiver;
    private OtlpTarget collector;

    @BeforeEach
    void open() throws Exception {
        collector = new OtlpTarget();
        receiver =
                vertx.createHttpServer()
                        .requestHandler(
                                request -> {
                                    received.add(request.headers());
                                    int status = received.size() == 1 ? 503 : 200;
                                    request.body()
                                            .onSuccess(
                                                    body ->
                                                            request.response()
                                                                    .setStatusCode(status)
                                                                    .end());
                                })
                        .listen(0, "127.0.0.1")
                        .await(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        collector.close();
        vertx.close().await(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    private String receiverUrl() {
        return "http://127.0.0.1:" + receiver.actualPort();
    }

    private String tracing(double sample) {
        return "tracing: {enabled: true, sample: %s, endpoint: '%s/v1/traces'}\n"
                .formatted(sample, collector.url());
    }

    private String web() {
        return "- {name: web, repo: orders, batch: {linger_ms: 0}, sink: {type: http, url: '%s'}}\n"
                .formatted(receiverUrl());
    }

    @Test
    void aPushIsFollowedToItsTargetsAndThroughAnotherGateway(@TempDir Path directory)
            throws Exception {
        try (TestNode second = TestNode.start(directory.resolve("b"), tracing(1));
                TestNode first =
                        TestNode.start(
                                directory.resolve("a"),
                                tracing(0)
                                        + "exports:\n"
                                        + web()
                                        + forward(second.gateway().dataPort()))) {
            post(first, "/v1/repos/orders/batches", "application/x-ndjson", lines(), PARENT);
            // no context, and no share of those: nothing of it is to be seen
            post(first, "/v1/repos/orders/batches", "application/x-ndjson", lines(), "");
            TestNode.until(() -> delivered("web") && delivered("on") && passedOn());

            Span push = only(spans("push", "orders"));
            assertThat(hex(push.getTraceId().toByteArray())).isEqualTo(TRACE);
            assertThat(hex(push.getParentSpanId().toByteArray())).isEqualTo(CLIENT_SPAN);
            assertThat(push.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
            assertThat(push.getTraceState()).isEqualTo("vendor=1");
            assertThat(number(push, "penstock.records")).isEqualTo(3);
            assertThat(number(push, "penstock.bytes")).isEqualTo(lines().length);
            isBelow(only(spans("stage", "orders")), push);

            Span web = only(spansOf("web"));
            isBelow(web, push);
            assertThat(text(web, "penstock.task")).isEqualTo("orders/web");
            assertThat(number(web, "penstock.records")).isGreaterThanOrEqualTo(3);
            assertThat(number(web, "penstock.attempts")).isEqualTo(2);
            assertThat(web.getEventsList())
                    .extracting(event -> attributes(event.getAttributesList()))
                    .extracting(said -> value(said, "penstock.outcome").getStringValue())
                    .containsExactly("retry", "delivered");
            assertThat(attributes(web.getEvents(0).getAttributesList()).get("penstock.why"))
                    .asString()
                    .contains("503");
            assertThat(web.getStatus()).isEqualTo(Status.getDefaultInstance());
            assertThat(received.get(0).get("traceparent")).isEqualTo(header(web));
            assertThat(received.get(0).get("tracestate")).isEqualTo("vendor=1");

            Span on = only(spansOf("on"));
            isBelow(on, push);
            assertThat(passedOn()).isTrue();
        }
    }

    private static String forward(int port) {
        return """
        - {name: on, repo: orders, batch: {linger_ms: 0}, sink: {type: grpc, url: 'http://127.0.0.1:%d', repo: copy}}
        """
                .formatted(port);
    }

    @Test
    void whatCameByOtlpIsHandedOnWithItsTraceAndAShareOfTheOthersIsTraced(@TempDir Path directory)
            throws Exception {
        received.add(MultiMap.caseInsensitiveMultiMap()); // all is taken at once here
        String exports =
                "otlp: {default_repo: telemetry}\n"
                        + "exports: [{name: on, repo: telemetry, batch: {linger_ms: 0},"
                        + " sink: {type: otlp, url: '%s', protocol: http}}]\n"
                                .formatted(receiverUrl());
        try (TestNode node = TestNode.start(directory, tracing(1) + exports)) {
            byte[] log =
                    ExportLogsServiceRequest.newBuilder()
                            .addResourceLogs(
                                    ResourceLogs.newBuilder()
                                            .addScopeLogs(
                                                    ScopeLogs.newBuilder()
                                                            .addLogRecords(
                                                                    LogRecord
                                                                            .getDefaultInstance())))
                            .build()
                            .toByteArray();
            post(node, "/v1/logs", "application/x-protobuf", log, PARENT);
            TestNode.until(() -> delivered("on"));

            assertThat(received.get(1).get("traceparent")).isEqualTo(header(only(spansOf("on"))));

            post(node, "/v1/repos/orders/batches", "application/x-ndjson", lines(), "");
            TestNode.until(() -> !spans("push", "orders").isEmpty());

            Span root = only(spans("push", "orders"));
            assertThat(root.getParentSpanId().isEmpty()).isTrue();
            assertThat(hex(root.getTraceId().toByteArray())).isNotEqualTo(TRACE);
            assertThat(AdminCall.http(node.admin(), "GET", "/metrics", "").text())
                    .containsPattern("penstock_trace_spans_total\\{result=\"exported\"} [1-9]")
                    .contains("penstock_trace_spans_total{result=\"failed\"} 0");
        }
    }

    @Test
    void withoutTracingNothingIsSaidAndNothingHandedOn(@TempDir Path directory) throws Exception {
        received.add(MultiMap.caseInsensitiveMultiMap());
        try (TestNode node = TestNode.start(directory, "exports:\n" + web())) {
            post(node, "/v1/repos/orders/batches", "application/x-ndjson", lines(), PARENT);
            TestNode.until(() -> received.size() == 2);

            assertThat(received.get(1).contains("traceparent")).isFalse();
        }
        assertThat(collector.taken()).isEmpty();
    }

    private static byte[] lines() {
        return "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n".getBytes(StandardCharsets.UTF_8);
    }

    private static void post(TestNode node, String path, String type, byte[] body, String parent)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://" + node.data() + path))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(body));
        if (!parent.isEmpty()) {
            request.header("traceparent", parent).header("tracestate", "vendor=1");
        }
        HttpResponse<String> answer =
                CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private List<Span> all() throws Exception {
        List<Span> spans = new ArrayList<>();
        for (OtlpTarget.Taken taken : collector.taken()) {
            for (ResourceSpans of :
                    ExportTraceServiceRequest.parseFrom(taken.message()).getResourceSpansList()) {
                assertThat(attributes(of.getResource().getAttributesList()).get("service.name"))
                        .isNotNull();
                for (ScopeSpans scope : of.getScopeSpansList()) {
                    spans.addAll(scope.getSpansList());
                }
            }
        }
        return spans;
    }

    private List<Span> spans(String name, String repo) throws Exception {
        return all().stream()
                .filter(span -> span.getName().equals(name))
                .filter(span -> text(span, "penstock.repo").equals(repo))
                .toList();
    }

    private List<Span> spansOf(String export) throws Exception {
        return all().stream()
                .filter(span -> span.getName().equals("deliver"))
                .filter(span -> text(span, "penstock.export").equals(export))
                .toList();
    }

    private boolean delivered(String export) throws Exception {
        return !spansOf(export).isEmpty();
    }

    /** Whether the other gateway's push is there, in the same trace. */
    private boolean passedOn() throws Exception {
        Span on = only(spansOf("on"));
        return spans("push", "copy").stream().anyMatch(push -> isChild(push, on));
    }

    private static Span only(List<Span> spans) {
        assertThat(spans).hasSize(1);
        return spans.get(0);
    }

    private static void isBelow(Span child, Span parent) {
        assertThat(isChild(child, parent)).as("%s below %s", child, parent).isTrue();
        assertThat(child.getEndTimeUnixNano()).isGreaterThanOrEqualTo(child.getStartTimeUnixNano());
    }

    private static boolean isChild(Span child, Span parent) {
        return child.getTraceId().equals(parent.getTraceId())
                && child.getParentSpanId().equals(parent.getSpanId())
                && !child.getSpanId().equals(parent.getSpanId());
    }

    private static Map<String, AnyValue> attributes(List<KeyValue> all) {
        return all.stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
    }

    private static AnyValue value(Map<String, AnyValue> attributes, String key) {
        return Objects.requireNonNull(attributes.get(key), key);
    }

    private static String text(Span span, String key) {
        return Optional.ofNullable(attributes(span.getAttributesList()).get(key))
                .map(AnyValue::getStringValue)
                .orElse("");
    }

    private static long number(Span span, String key) {
        return value(attributes(span.getAttributesList()), key).getIntValue();
    }

    private static String header(Span span) {
        return "00-" + TRACE + "-" + hex(span.getSpanId().toByteArray()) + "-01";
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
