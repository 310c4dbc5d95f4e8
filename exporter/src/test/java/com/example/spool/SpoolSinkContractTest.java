package com.example.spool;

import io.penstock.exporter.sink.SinkFactory;
import io.penstock.exporter.sink.contract.SinkContractTest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

class SpoolSinkContractTest extends SinkContractTest<SpoolSinkConfig> {
    @TempDir private Path spool;

    @Override
    protected SinkFactory<SpoolSinkConfig> factory() {
        return new SpoolSinkFactory();
    }

    @Override
    protected SpoolSinkConfig config() {
        return new SpoolSinkConfig(spool, ".ndjson");
    }

    /** What the target has: every line of every whole file. */
    @Override
    protected List<JsonObject> arrived() {
        try (Stream<Path> files = Files.list(spool)) {
            return files.filter(file -> file.toString().endsWith(".ndjson"))
                    .flatMap(SpoolSinkContractTest::lines)
                    .map(JsonObject::new)
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
