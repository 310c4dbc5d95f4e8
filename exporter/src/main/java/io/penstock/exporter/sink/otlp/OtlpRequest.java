package io.penstock.exporter.sink.otlp;

import io.penstock.exporter.record.Encoding;
import io.vertx.core.buffer.Buffer;
import java.util.BitSet;

/**
 * The records of a delivery that are of one signal, as one request.
 *
 * @param signal which
 * @param records their numbers in the delivery
 * @param body packed; for gRPC with its prefix
 */
record OtlpRequest(Encoding signal, BitSet records, Buffer body) {

    /** The path of its service over gRPC (opentelemetry.proto.collector). */
    String rpcPath() {
        String service =
                switch (signal) {
                    case OTLP_LOGS -> "logs.v1.LogsService";
                    case OTLP_METRICS -> "metrics.v1.MetricsService";
                    case OTLP_TRACES -> "trace.v1.TraceService";
                    case NATIVE, NDJSON, JSON_ARRAY, TEXT -> throw new IllegalStateException();
                };
        return "/opentelemetry.proto.collector." + service + "/Export";
    }

    /** Its path over HTTP (OTLP specification, "OTLP/HTTP Request"). */
    String httpPath() {
        return switch (signal) {
            case OTLP_LOGS -> "/v1/logs";
            case OTLP_METRICS -> "/v1/metrics";
            case OTLP_TRACES -> "/v1/traces";
            case NATIVE, NDJSON, JSON_ARRAY, TEXT -> throw new IllegalStateException();
        };
    }
}
