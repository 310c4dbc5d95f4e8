package io.penstock.gateway.endtoend;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Telemetry that the OpenTelemetry SDK made, kept to be exported more than once. */
final class SdkTelemetry {
    private static final int WAIT_SECONDS = 20;
    private static final Resource RESOURCE =
            Resource.create(
                    Attributes.of(
                            AttributeKey.stringKey("service.name"),
                            "shop",
                            AttributeKey.stringArrayKey("tags"),
                            List.of("a", "b \"c\"")));

    private SdkTelemetry() {}

    static List<LogRecordData> logs(int count) {
        List<LogRecordData> kept = new ArrayList<>();
        LogRecordExporter keeper =
                new LogRecordExporter() {
                    @Override
                    public CompletableResultCode export(Collection<LogRecordData> logs) {
                        kept.addAll(logs);
                        return CompletableResultCode.ofSuccess();
                    }

                    @Override
                    public CompletableResultCode flush() {
                        return CompletableResultCode.ofSuccess();
                    }

                    @Override
                    public CompletableResultCode shutdown() {
                        return CompletableResultCode.ofSuccess();
                    }
                };
        try (SdkLoggerProvider provider =
                SdkLoggerProvider.builder()
                        .setResource(RESOURCE)
                        .addLogRecordProcessor(SimpleLogRecordProcessor.create(keeper))
                        .build()) {
            for (int i = 0; i < count; i++) {
                provider.loggerBuilder("shop.cart")
                        .setInstrumentationVersion("1.2")
                        .build()
                        .logRecordBuilder()
                        .setTimestamp(Instant.ofEpochSecond(1_700_000_000, i))
                        .setSeverity(Severity.WARN)
                        .setSeverityText("WARN")
                        .setBody("line " + i + " \u00fc\n\"quoted\"")
                        .setAttribute("http.status", 200L + i)
                        .setAttribute("ok", i % 2 == 0)
                        .setAttribute("ratio", i / 8.0)
                        .setAttribute("raw", Value.of(new byte[] {1, 2, (byte) i}))
                        .emit();
            }
        }
        return kept;
    }

    static List<SpanData> spans(int count) {
        List<SpanData> kept = new ArrayList<>();
        SpanExporter keeper =
                new SpanExporter() {
                    @Override
                    public CompletableResultCode export(Collection<SpanData> spans) {
                        kept.addAll(spans);
                        return CompletableResultCode.ofSuccess();
                    }

                    @Override
                    public CompletableResultCode flush() {
                        return CompletableResultCode.ofSuccess();
                    }

                    @Override
                    public CompletableResultCode shutdown() {
                        return CompletableResultCode.ofSuccess();
                    }
                };
        try (SdkTracerProvider provider =
                SdkTracerProvider.builder()
                        .setResource(RESOURCE)
                        .addSpanProcessor(SimpleSpanProcessor.create(keeper))
                        .build()) {
            Tracer tracer = provider.get("shop.cart");
            Span parent = tracer.spanBuilder("parent").startSpan();
            for (int i = 0; i < count; i++) {
                Span span =
                        tracer.spanBuilder("GET /" + i)
                                .setParent(Context.root().with(parent))
                                .setSpanKind(SpanKind.SERVER)
                                .setAttribute("http.status", 500L + i)
                                .addLink(parent.getSpanContext())
                                .startSpan();
                span.addEvent("retry", Attributes.of(AttributeKey.longKey("n"), (long) i));
                span.setStatus(StatusCode.ERROR, "failed");
                span.end();
            }
            parent.end();
        }
        return kept;
    }

    static List<MetricData> metrics() {
        List<MetricData> kept = new ArrayList<>();
        MetricExporter keeper =
                new MetricExporter() {
                    @Override
                    public CompletableResultCode export(Collection<MetricData> metrics) {
                        kept.addAll(metrics);
                        return CompletableResultCode.ofSuccess();
                    }

                    @Override
                    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
                        return AggregationTemporality.CUMULATIVE;
                    }

                    @Override
                    public CompletableResultCode flush() {
                        return CompletableResultCode.ofSuccess();
                    }

                    @Override
                    public CompletableResultCode shutdown() {
                        return CompletableResultCode.ofSuccess();
                    }
                };
        try (SdkMeterProvider provider =
                SdkMeterProvider.builder()
                        .setResource(RESOURCE)
                        .registerMetricReader(PeriodicMetricReader.create(keeper))
                        .build()) {
            var meter = provider.get("shop.cart");
            var requests = meter.counterBuilder("requests").setUnit("1").build();
            var latency = meter.histogramBuilder("latency").setUnit("ms").build();
            meter.gaugeBuilder("load").buildWithCallback(load -> load.record(0.75));
            for (int i = 0; i < 20; i++) {
                requests.add(1, Attributes.of(AttributeKey.longKey("shard"), i % 3L));
                latency.record(i * 7.5);
            }
            provider.forceFlush().join(WAIT_SECONDS, TimeUnit.SECONDS);
            return List.copyOf(kept);
        }
    }
}
