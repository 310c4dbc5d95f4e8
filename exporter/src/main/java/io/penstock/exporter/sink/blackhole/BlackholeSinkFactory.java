package io.penstock.exporter.sink.blackhole;

import io.penstock.exporter.sink.Capabilities;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.SinkFactory;

/** Makes sinks of the type {@code blackhole}. */
public final class BlackholeSinkFactory implements SinkFactory<BlackholeSinkConfig> {

    @Override
    public String type() {
        return "blackhole";
    }

    @Override
    public Class<BlackholeSinkConfig> configType() {
        return BlackholeSinkConfig.class;
    }

    @Override
    public Capabilities capabilities(BlackholeSinkConfig config) {
        return new Capabilities(true, false, false);
    }

    @Override
    public Sink create(BlackholeSinkConfig config, SinkContext context) {
        return new BlackholeSink(config.decode());
    }
}
