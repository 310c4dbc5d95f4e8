package io.penstock.perf.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the build packed. */
final class Packed {
    private static final Path DIRECTORY = Path.of("target/package").toAbsolutePath();

    private Packed() {}

    static Path tarGz() throws IOException {
        return only("penstock-", ".tar.gz");
    }

    static Path debian() throws IOException {
        return only("penstock_", ".deb");
    }

    /** The image; of no file where the machine could not build one. */
    static Path image() {
        return find("penstock-", "-image.tar").stream()
                .findFirst()
                .orElse(DIRECTORY.resolve("no image"));
    }

    /** A system of Debian packages with a Java, as a tar file; like the image. */
    static Path system() {
        return DIRECTORY.resolve("base.tar");
    }

    private static Path only(String start, String end) throws IOException {
        List<Path> found = find(start, end);
        if (found.size() != 1) {
            throw new IOException("not one " + start + "*" + end + " but " + found);
        }
        return found.get(0);
    }

    private static List<Path> find(String start, String end) {
        try (Stream<Path> all = Files.list(DIRECTORY)) {
            return all.filter(file -> file.getFileName().toString().startsWith(start))
                    .filter(file -> file.getFileName().toString().endsWith(end))
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
