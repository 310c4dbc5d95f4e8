package com.example.spool;

import io.penstock.exporter.sink.Capabilities;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.SinkFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Makes sinks of the type spool. */
public final class SpoolSinkFactory implements SinkFactory<SpoolSinkConfig> {
    @Override
    public String type() {
        return "spool";
    }

    @Override
    public Class<SpoolSinkConfig> configType() {
        return SpoolSinkConfig.class;
    }

    /** Offered again, a delivery is the same file; order does not matter; writing blocks. */
    @Override
    public Capabilities capabilities(SpoolSinkConfig config) {
        return new Capabilities(true, false, true);
    }

    @Override
    public Sink create(SpoolSinkConfig config, SinkContext context) {
        try {
            Files.createDirectories(config.directory());
        } catch (IOException failed) {
            throw new UncheckedIOException("directory: cannot be made", failed);
        }
        return new SpoolSink(config);
    }
}
