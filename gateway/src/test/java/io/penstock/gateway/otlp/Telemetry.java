package io.penstock.gateway.otlp;

import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;

/** Small requests of each signal. */
public final class Telemetry {
    private Telemetry() {}

    /** A request with three records. */
    public static Message of(OtlpSignal signal) {
        return switch (signal) {
            case LOGS -> logs("", "a", "b", "c");
            case METRICS ->
                    ExportMetricsServiceRequest.newBuilder()
                            .addResourceMetrics(
                                    ResourceMetrics.newBuilder()
                                            .addScopeMetrics(
                                                    ScopeMetrics.newBuilder()
                                                            .addMetrics(gauge(1))
                                                            .addMetrics(gauge(2))))
                            .build();
            case TRACES ->
                    ExportTraceServiceRequest.newBuilder()
                            .addResourceSpans(
                                    ResourceSpans.newBuilder()
                                            .addScopeSpans(
                                                    ScopeSpans.newBuilder()
                                                            .addSpans(Span.newBuilder())
                                                            .addSpans(
                                                                    Span.newBuilder().setName("s"))
                                                            .addSpans(
                                                                    Span.newBuilder()
                                                                            .setKindValue(2))))
                            .build();
        };
    }

    private static Metric gauge(int points) {
        Gauge.Builder gauge = Gauge.newBuilder();
        for (int i = 0; i < points; i++) {
            gauge.addDataPoints(NumberDataPoint.newBuilder().setAsInt(i));
        }
        return Metric.newBuilder().setName("m").setGauge(gauge).build();
    }

    /**
     * Log records.
     *
     * @param repo the resource attribute penstock.repo, or empty for none
     */
    public static ExportLogsServiceRequest logs(String repo, String... bodies) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (String body : bodies) {
            scope.addLogRecords(
                    LogRecord.newBuilder().setBody(AnyValue.newBuilder().setStringValue(body)));
        }
        Resource.Builder resource = Resource.newBuilder();
        resource.addAttributes(attribute("service.name", "test"));
        if (!repo.isEmpty()) {
            resource.addAttributes(attribute("penstock.repo", repo));
        }
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(
                        ResourceLogs.newBuilder().setResource(resource).addScopeLogs(scope))
                .build();
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
