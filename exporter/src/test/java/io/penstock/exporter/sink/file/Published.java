package io.penstock.exporter.sink.file;

import io.penstock.exporter.sink.body.BodyFormat;
import io.penstock.exporter.sink.body.BodyReader;
import io.penstock.exporter.sink.body.Compression;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a reader of the directory sees. */
final class Published {

    private Published() {}

    /** Files with their final names, in order. */
    static List<Path> files(Path directory) {
        return list(directory).filter(file -> !file.toString().endsWith(PartFile.SUFFIX)).toList();
    }

    /** Files that are being written. */
    static List<Path> parts(Path directory) {
        return list(directory).filter(file -> file.toString().endsWith(PartFile.SUFFIX)).toList();
    }

    private static Stream<Path> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Records of all published files, in order. */
    static List<JsonObject> records(Path directory, BodyFormat format, Compression compression) {
        List<JsonObject> records = new ArrayList<>();
        for (Path file : files(directory)) {
            records.addAll(BodyReader.records(format, BodyReader.unpack(compression, read(file))));
        }
        return records;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
