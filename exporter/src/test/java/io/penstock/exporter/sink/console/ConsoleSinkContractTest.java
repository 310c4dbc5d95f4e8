package io.penstock.exporter.sink.console;

import io.penstock.exporter.sink.Capabilities;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.SinkFactory;
import io.penstock.exporter.sink.contract.SinkContractTest;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

class ConsoleSinkContractTest extends SinkContractTest<ConsoleSinkConfig> {

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    @Override
    protected SinkFactory<ConsoleSinkConfig> factory() {
        return new SinkFactory<>() {
            private final ConsoleSinkFactory real = new ConsoleSinkFactory();

            @Override
            public String type() {
                return real.type();
            }

            @Override
            public Class<ConsoleSinkConfig> configType() {
                return real.configType();
            }

            @Override
            public Capabilities capabilities(ConsoleSinkConfig config) {
                return real.capabilities(config);
            }

            @Override
            public Sink create(ConsoleSinkConfig config, SinkContext context) {
                PrintStream out = new PrintStream(screen, false, StandardCharsets.UTF_8);
                return new ConsoleSink(
                        out, new LineBudget(config.maxRecordsPerSecond(), context.clock()));
            }
        };
    }

    @Override
    protected ConsoleSinkConfig config() {
        return new ConsoleSinkConfig(0);
    }

    @Override
    protected List<JsonObject> arrived() {
        return screen.toString(StandardCharsets.UTF_8).lines().map(JsonObject::new).toList();
    }
}
