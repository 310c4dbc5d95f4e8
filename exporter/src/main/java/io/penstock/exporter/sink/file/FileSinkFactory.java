package io.penstock.exporter.sink.file;

import io.penstock.exporter.sink.Capabilities;
import io.penstock.exporter.sink.Keeping;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.SinkFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes sinks of the type {@code file}. */
public final class FileSinkFactory implements SinkFactory<FileSinkConfig> {

    @Override
    public String type() {
        return "file";
    }

    @Override
    public Class<FileSinkConfig> configType() {
        return FileSinkConfig.class;
    }

    @Override
    public Capabilities capabilities(FileSinkConfig config) {
        return new Capabilities(true, false, true);
    }

    @Override
    public Keeping keeps(FileSinkConfig config) {
        return Keeping.RECORDS;
    }

    @Override
    public Sink create(FileSinkConfig config, SinkContext context) {
        Path directory = config.directory();
        try {
            Files.createDirectories(directory);
        } catch (IOException failed) {
            throw new IllegalArgumentException(
                    "directory: cannot be made: " + failed.getMessage(), failed);
        }
        if (!Files.isWritable(directory)) {
            throw new IllegalArgumentException("directory: is not writable: " + directory);
        }
        FileSink sink = new FileSink(config, context);
        sink.start();
        return sink;
    }
}
