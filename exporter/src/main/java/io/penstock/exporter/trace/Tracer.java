package io.penstock.exporter.trace;

import io.penstock.exporter.relay.SinkPlacement;
import io.penstock.model.TraceParent;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is traced, and draws the ids. The decision is the parent's where there is one; else
 * it is made at the head, for a share of the pushes: those whose trace id's low 63 bits lie below
 * that share of their range, as in OpenTelemetry's TraceIdRatioBased sampler.
 *
 * <p>Threading: any thread.
 */
public final class Tracer {
    private final long below;
    private final SpanSink spans;
    private final LongSupplier nowNs;
    private final LongSupplier random;
    private final CarriedContexts carried;

    /**
     * One that traces.
     *
     * @param share of the pushes without a context that is traced, 0 to 1
     * @param maxCarried pushes that are remembered until their records are delivered
     * @param nowNs nanoseconds since 1970
     * @param random numbers of 64 bits
     */
    public Tracer(
            double share, int maxCarried, SpanSink spans, LongSupplier nowNs, LongSupplier random) {
        this.below = share >= 1 ? Long.MAX_VALUE : (long) (share * (double) Long.MAX_VALUE);
        this.spans = spans;
        this.nowNs = nowNs;
        this.random = random;
        this.carried = new CarriedContexts(maxCarried);
    }

    /**
     * What a request says about itself.
     *
     * @param parent value of {@code traceparent}, or null
     * @param state value of {@code tracestate}, or null
     * @return null when none of its batches is traced
     */
    public @Nullable Origin origin(@Nullable String parent, @Nullable String state) {
        TraceParent client = TraceParent.parse(parent, state);
        if (client != null) {
            return client.sampled() ? new Origin(this, client) : null;
        }
        return below == 0 ? null : new Origin(this, null);
    }

    /** The same placement, whose sinks see to the spans of deliveries. */
    public SinkPlacement placement(SinkPlacement real) {
        return new TracedPlacement(this, real);
    }

    /** Pushes that are remembered now. */
    public int carriedContexts() {
        return carried.size();
    }

    /** A new trace, or null when it is not to be one. */
    @Nullable TraceParent root() {
        long high = random.getAsLong();
        long low = random.getAsLong();
        boolean chosen = below == Long.MAX_VALUE || (low & Long.MAX_VALUE) < below;
        return chosen ? new TraceParent(high, low | (high == 0 ? 1 : 0), id(), true, "") : null;
    }

    /** A new span of a trace. */
    TraceParent below(TraceParent above) {
        return above.at(id());
    }

    private long id() {
        long drawn = random.getAsLong();
        return drawn == 0 ? 1 : drawn;
    }

    long nowNs() {
        return nowNs.getAsLong();
    }

    CarriedContexts carried() {
        return carried;
    }

    void end(Span span) {
        spans.take(span);
    }
}
