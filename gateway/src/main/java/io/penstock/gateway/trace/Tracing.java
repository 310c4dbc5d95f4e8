package io.penstock.gateway.trace;

import io.penstock.exporter.relay.SinkPlacement;
import io.penstock.exporter.trace.Tracer;
import io.penstock.gateway.ingest.IngressNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Traces of a node: on or, at no cost, off. Threading: any thread. */
public final class Tracing {
    private final @Nullable SpanExporter exporter;
    private final @Nullable Tracer tracer;

    /**
     * By its settings.
     *
     * @param node name of the node in the spans
     */
    public Tracing(Vertx vertx, TracingConfig config, String node, Clock clock) {
        if (!config.enabled()) {
            exporter = null;
            tracer = null;
            return;
        }
        SpanExporter out = new SpanExporter(vertx, config, node);
        exporter = out;
        tracer =
                new Tracer(
                        config.sample(),
                        config.maxCarried(),
                        out,
                        () -> nowNs(clock),
                        () -> ThreadLocalRandom.current().nextLong());
    }

    private static long nowNs(Clock clock) {
        Instant now = clock.instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /** Has the pushes of a port traced. */
    public void watch(IngressNode port) {
        port.tracedBy(tracer);
    }

    /** Has the deliveries of sinks traced. */
    public SinkPlacement placement(SinkPlacement real) {
        return tracer == null ? real : tracer.placement(real);
    }

    /** Spans the collector took. */
    public long exported() {
        return exporter == null ? 0 : exporter.exported();
    }

    /** Spans for which there was no room in the queue. */
    public long dropped() {
        return exporter == null ? 0 : exporter.dropped();
    }

    /** Spans the collector did not take. */
    public long failed() {
        return exporter == null ? 0 : exporter.failed();
    }

    /** Pushes that are remembered until their records are delivered. */
    public int carried() {
        return tracer == null ? 0 : tracer.carriedContexts();
    }

    /** Sends spans from now on. */
    public Future<Void> start() {
        if (exporter != null) {
            exporter.start();
        }
        return Future.succeededFuture();
    }

    /** Sends what waits, within a limit, and no more. Safe without {@link #start}, and twice. */
    public Future<Void> close() {
        return exporter == null ? Future.succeededFuture() : exporter.close();
    }
}
