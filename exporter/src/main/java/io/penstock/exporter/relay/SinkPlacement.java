package io.penstock.exporter.relay;

import io.penstock.exporter.pressure.Rate;
import io.penstock.exporter.pressure.RateConfig;
import io.penstock.exporter.sink.Keeping;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import java.util.function.Function;

/**
 * What fan-out delivers to: the real sink of an export, or one that knows who may use it.
 *
 * <p>Threading: any thread; {@link #place} on the context of the sink.
 */
@FunctionalInterface
public interface SinkPlacement {
    /** The real sink, always: a node that is alone. */
    SinkPlacement HERE = (surroundings, keeps, real) -> real.apply(surroundings);

    /**
     * The sink that an export of this node delivers to.
     *
     * @param keeps what the real one keeps
     * @param real makes the real one, on the same context
     */
    Sink place(SinkContext surroundings, Keeping keeps, Function<SinkContext, Sink> real);

    /**
     * What an export may offer its target per second: shared by all on this node who deliver for
     * it.
     *
     * @param nowNs by the clock that will be asked with
     */
    default Rate rate(ExportName export, RateConfig config, long nowNs) {
        return new Rate(config, nowNs);
    }
}
