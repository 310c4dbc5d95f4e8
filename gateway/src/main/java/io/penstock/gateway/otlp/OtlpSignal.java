package io.penstock.gateway.otlp;

import io.penstock.exporter.record.Encoding;
import org.jspecify.annotations.Nullable;

/** The kinds of telemetry that OTLP carries. Source of the paths: OTLP specification 1.10. */
public enum OtlpSignal {
    /** Log records. */
    LOGS("logs", "logs.v1.LogsService", Encoding.OTLP_LOGS),
    /** Data points of metrics. */
    METRICS("metrics", "metrics.v1.MetricsService", Encoding.OTLP_METRICS),
    /** Spans. */
    TRACES("traces", "trace.v1.TraceService", Encoding.OTLP_TRACES);

    private static final OtlpSignal[] ALL = values();
    private static final String SERVICES = "/opentelemetry.proto.collector.";
    private static final String PREFIX = "/v1/";

    private final String word;
    private final String rpcPath;
    private final String httpPath;
    private final Encoding encoding;

    OtlpSignal(String word, String service, Encoding encoding) {
        this.word = word;
        this.rpcPath = SERVICES + service + "/Export";
        this.httpPath = PREFIX + word;
        this.encoding = encoding;
    }

    /** The signal of a gRPC method, or null. */
    public static @Nullable OtlpSignal ofRpc(String path) {
        if (path.startsWith(SERVICES)) {
            for (OtlpSignal signal : ALL) {
                if (signal.rpcPath.equals(path)) {
                    return signal;
                }
            }
        }
        return null;
    }

    /** The signal of a path over HTTP, or null. */
    public static @Nullable OtlpSignal ofHttp(@Nullable String path) {
        for (OtlpSignal signal : ALL) {
            if (signal.httpPath.equals(path)) {
                return signal;
            }
        }
        return null;
    }

    /** The word in paths: logs, metrics, traces. */
    public String word() {
        return word;
    }

    /** How its requests are staged. */
    public Encoding encoding() {
        return encoding;
    }
}
