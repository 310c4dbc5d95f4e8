package io.penstock.gateway.follow;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * Paths with wildcards, expanded anew at each look: what is not there yet may come later.
 * Compressed files are passed over: they are old ones, and were read before they were compressed.
 *
 * <p>Threading: the follower's thread.
 */
final class Patterns {
    /** Files that one look finds, at the most. */
    static final int MAX_FOUND = 10_000;

    private static final List<String> COMPRESSED = List.of(".gz", ".bz2", ".xz", ".zst", ".lz4");

    private final List<String> patterns;
    private final BiConsumer<Path, IOException> complaints;

    /**
     * Patterns.
     *
     * @param complaints hears of directories and files that cannot be looked at
     */
    Patterns(List<String> patterns, BiConsumer<Path, IOException> complaints) {
        this.patterns = patterns;
        this.complaints = complaints;
    }

    /** The files that there are now. */
    List<FileKey.Seen> find() {
        List<FileKey.Seen> found = new ArrayList<>();
        for (String pattern : patterns) {
            Path path = Path.of(pattern).toAbsolutePath().normalize();
            List<Path> reached = List.of(path.getRoot());
            for (Path part : path) {
                reached = step(reached, part.toString());
            }
            reached.forEach(each -> add(each, found));
        }
        return found;
    }

    /** All files of a directory. */
    List<FileKey.Seen> in(Path directory) {
        List<Path> names = new ArrayList<>();
        list(directory, "*", names);
        List<FileKey.Seen> found = new ArrayList<>();
        names.forEach(each -> add(each, found));
        return found;
    }

    private List<Path> step(List<Path> from, String part) {
        boolean wild = part.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
        List<Path> reached = new ArrayList<>();
        for (Path directory : from) {
            if (wild) {
                list(directory, part, reached);
            } else {
                reached.add(directory.resolve(part));
            }
        }
        return reached;
    }

    private void list(Path directory, String glob, List<Path> into) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
            for (Path each : entries) {
                if (into.size() < MAX_FOUND) {
                    into.add(each);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException notYet) {
            return;
        } catch (DirectoryIteratorException broken) {
            complaints.accept(directory, broken.getCause());
        } catch (IOException unreadable) {
            complaints.accept(directory, unreadable);
        }
    }

    private void add(Path path, List<FileKey.Seen> found) {
        if (isCompressed(path)) {
            return;
        }
        try {
            FileKey.Seen seen = FileKey.look(path);
            boolean known =
                    seen == null || found.stream().anyMatch(f -> f.key().equals(seen.key()));
            if (!known && found.size() < MAX_FOUND) {
                found.add(seen);
            }
        } catch (NoSuchFileException notYet) {
            return;
        } catch (IOException unreadable) {
            complaints.accept(path, unreadable);
        }
    }

    static boolean isCompressed(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return COMPRESSED.stream().anyMatch(name::endsWith);
    }
}
