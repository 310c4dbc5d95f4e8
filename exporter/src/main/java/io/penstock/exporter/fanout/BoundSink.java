package io.penstock.exporter.fanout;

import io.penstock.exporter.sink.Capabilities;
import io.penstock.exporter.sink.Keeping;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.SinkFactory;

/**
 * A sink type together with a checked configuration for it.
 *
 * <p>Threading: immutable.
 *
 * @param <C> the configuration record
 * @param factory makes the sink
 * @param config checked by the record itself
 */
public record BoundSink<C extends Record>(SinkFactory<C> factory, C config) {
    /** What fan-out must know of the sink. */
    public Capabilities capabilities() {
        return factory.capabilities(config);
    }

    /** What it keeps in its state directory. */
    public Keeping keeps() {
        return factory.keeps(config);
    }

    /** Makes the sink; see {@link SinkFactory#create}. */
    public Sink create(SinkContext context) {
        return factory.create(config, context);
    }
}
