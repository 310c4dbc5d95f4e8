package io.penstock.exporter.sink.object;

import io.penstock.exporter.parquet.DuckReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a reader of the directory sees. */
final class Objects {

    private Objects() {}

    /** Files below a directory that a reader looks at, sorted; markers are none. */
    static List<Path> files(Path root) {
        return all(root).filter(file -> !isHidden(file)).toList();
    }

    /** Names that a reader passes over, relative to the directory. */
    static List<String> hidden(Path root) {
        return all(root)
                .filter(Objects::isHidden)
                .map(file -> root.relativize(file).toString())
                .toList();
    }

    private static boolean isHidden(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("_") || name.startsWith(".");
    }

    private static Stream<Path> all(Path root) {
        if (!Files.isDirectory(root)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** All rows of all objects. */
    static List<Map<String, @Nullable Object>> rows(DuckReader duck, Path root, ObjectFormat format)
            throws SQLException {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Path file : files(root)) {
            rows.addAll(
                    switch (format) {
                        case PARQUET -> duck.rows(file);
                        case NDJSON -> duck.query("SELECT * FROM read_json('" + file + "')");
                        case CSV ->
                                duck.query(
                                        "SELECT * FROM read_csv('"
                                                + file
                                                + "', header=true, all_varchar=true, delim=',', quote='\"', escape='\"', new_line='\\n', allow_quoted_nulls=false, max_line_size=20000000)");
                    });
        }
        return rows;
    }

    /** The field {@code marker} of all rows. */
    static List<String> markers(DuckReader duck, Path root, ObjectFormat format)
            throws SQLException {
        return rows(duck, root, format).stream()
                .map(row -> String.valueOf(row.get("marker")))
                .toList();
    }
}
