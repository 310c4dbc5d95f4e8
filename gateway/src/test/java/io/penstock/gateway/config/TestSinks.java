package io.penstock.gateway.config;

import io.penstock.exporter.fanout.SinkRegistry;
import io.penstock.exporter.sink.Capabilities;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.SinkFactory;
import io.penstock.model.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Sink types that use every kind of value; they are configured and never made. */
final class TestSinks {
    private TestSinks() {}

    static SinkRegistry registry() {
        return new SinkRegistry(
                List.of(
                        new Factory<>("blackhole", Nothing.class),
                        new Factory<>("file", Everything.class)));
    }

    record Nothing() {}

    record Everything(
            @Setting(doc = "Where to.") Path directory,
            @Setting(value = "1MiB", doc = "Size.") long rollBytes,
            @Setting(value = "1.5", doc = "Factor.") double factor,
            @Setting(value = "true", doc = "Flag.") boolean sure,
            @Setting(value = "$${message}", doc = "Template.") String template,
            @Setting(value = "{}", doc = "Headers.") Map<String, String> headers) {
        Everything {
            if (rollBytes < 1024) {
                throw new IllegalArgumentException("roll_bytes: at least 1KiB");
            }
        }
    }

    private record Factory<C extends Record>(String type, Class<C> configType)
            implements SinkFactory<C> {
        @Override
        public Capabilities capabilities(C config) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Sink create(C config, SinkContext context) {
            throw new UnsupportedOperationException();
        }
    }
}
