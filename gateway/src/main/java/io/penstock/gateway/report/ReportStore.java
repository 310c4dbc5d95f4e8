package io.penstock.gateway.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reports in a directory: {@code NAME.html} and {@code NAME.md}; the oldest go.
 *
 * <p>Threading: any thread, one writer at a time; every method blocks.
 */
final class ReportStore {
    private static final Pattern FILE =
            Pattern.compile(
                    "(daily|hourly|wanted)-[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{4}\\.(html|md)");
    private static final String HTML = ".html";

    private final Path directory;
    private final int keep;

    ReportStore(Path directory, int keep) {
        this.directory = directory;
        this.keep = keep;
    }

    /** Names, newest first by what they are about. */
    List<String> names() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> FILE.matcher(name).matches() && name.endsWith(HTML))
                    .map(name -> name.substring(0, name.length() - HTML.length()))
                    .sorted(
                            Comparator.comparing((String name) -> name.substring(name.indexOf('-')))
                                    .thenComparing(Comparator.naturalOrder())
                                    .reversed())
                    .toList();
        }
    }

    /** Writes both forms whole or not at all, and lets the oldest go. */
    void write(String name, String html, String markdown) throws IOException {
        Files.createDirectories(directory);
        write(name + ".md", markdown);
        write(name + HTML, html);
        List<String> all = names();
        for (String old : all.subList(Math.min(keep, all.size()), all.size())) {
            Files.deleteIfExists(directory.resolve(old + HTML));
            Files.deleteIfExists(directory.resolve(old + ".md"));
        }
    }

    private void write(String file, String text) throws IOException {
        Path aside = directory.resolve(file + ".new");
        Files.writeString(aside, text);
        Files.move(aside, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    /** The text of a file such as {@code daily-2026-01-31-0600.md}, if there is one. */
    Optional<String> read(String file) throws IOException {
        Path path = directory.resolve(file);
        return FILE.matcher(file).matches() && Files.exists(path)
                ? Optional.of(Files.readString(path))
                : Optional.empty();
    }
}
