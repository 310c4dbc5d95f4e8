package io.penstock.exporter.sink.console;

import io.penstock.exporter.sink.Capabilities;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.SinkFactory;

/** Makes sinks of the type {@code console}. */
public final class ConsoleSinkFactory implements SinkFactory<ConsoleSinkConfig> {

    @Override
    public String type() {
        return "console";
    }

    @Override
    public Class<ConsoleSinkConfig> configType() {
        return ConsoleSinkConfig.class;
    }

    @Override
    public Capabilities capabilities(ConsoleSinkConfig config) {
        return new Capabilities(false, false, true);
    }

    @Override
    public Sink create(ConsoleSinkConfig config, SinkContext context) {
        return new ConsoleSink(
                System.out, new LineBudget(config.maxRecordsPerSecond(), context.clock()));
    }
}
