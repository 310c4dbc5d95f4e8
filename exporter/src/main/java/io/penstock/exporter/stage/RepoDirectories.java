package io.penstock.exporter.stage;

import io.penstock.model.RepoName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where repos lie: one directory each under {@code repos}, named as the repo. A repo that was
 * closed with nothing staged holds a file {@code drained}, so that a start need not open it.
 *
 * <p>Threading: any thread; every method blocks.
 */
public final class RepoDirectories {
    private static final String RING = "ring";
    private static final String DRAINED = "drained";

    /** Starts with a dot, as no repo's name does. */
    private static final String TRASH = ".deleted-";

    private final Path root;

    /** Directories under {@code root}, which is made when the first repo is. */
    public RepoDirectories(Path root) {
        this.root = root;
    }

    /** A repo's directory, whether it exists or not. */
    public Path of(RepoName repo) {
        return root.resolve(repo.value());
    }

    /** The ring's directory inside it. */
    public Path ringOf(RepoName repo) {
        return of(repo).resolve(RING);
    }

    /** Where the fan-out keeps an export's dead letters. */
    public Path deadLettersOf(RepoName repo, String export) {
        return of(repo).resolve("dlq").resolve(export);
    }

    /** Deletes the dead letters of an export that does not run; its sink's files stay. */
    public void deleteDeadLetters(RepoName repo, String export) throws IOException {
        deleteTree(deadLettersOf(repo, export));
    }

    /** Where an export's sink keeps its files. */
    public Path sinkStateOf(RepoName repo, String export) {
        return of(repo).resolve("sink").resolve(export);
    }

    /** Names of all repos that exist, sorted. Foreign names are passed over. */
    public List<RepoName> known() throws IOException {
        return known("", Integer.MAX_VALUE);
    }

    /** The same of some: those behind a name, so many at the most. */
    public List<RepoName> known(String after, int limit) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(root)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .filter(name -> name.compareTo(after) > 0 && RepoName.fault(name).isEmpty())
                    .sorted()
                    .map(RepoName::new)
                    .filter(repo -> Files.isDirectory(ringOf(repo)))
                    .limit(limit)
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Whether a repo of this name was made. */
    public boolean exists(RepoName repo) {
        return Files.isDirectory(ringOf(repo));
    }

    boolean isDrained(RepoName repo) {
        return Files.exists(of(repo).resolve(DRAINED));
    }

    /** Makes the repo's directories and takes its drained mark away, durably. */
    Path prepare(RepoName repo) throws IOException {
        Path ring = ringOf(repo);
        if (!Files.isDirectory(ring)) {
            Files.createDirectories(ring);
            // What is forced below a name that is not on the disk is lost with it.
            force(of(repo));
            force(root);
            force(root.toAbsolutePath().resolveSibling(""));
        }
        if (Files.deleteIfExists(of(repo).resolve(DRAINED))) {
            // A mark that came back after a power loss would hide a backlog from the next start.
            force(of(repo));
        }
        return ring;
    }

    void markDrained(RepoName repo) throws IOException {
        Files.write(of(repo).resolve(DRAINED), new byte[0]);
    }

    /** Renames the repo away in one step, then deletes: a crash leaves it whole or gone. */
    void delete(RepoName repo) throws IOException {
        Path directory = of(repo);
        if (Files.exists(directory)) {
            Path trash = root.resolve(TRASH + repo.value());
            deleteTree(trash);
            Files.move(directory, trash);
            deleteTree(trash);
        }
    }

    /** Finishes deletions that a crash interrupted. */
    void emptyTrash() throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (DirectoryStream<Path> trash = Files.newDirectoryStream(root, TRASH + "*")) {
            for (Path tree : trash) {
                deleteTree(tree);
            }
        }
    }

    private static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        List<Path> bottomUp;
        try (Stream<Path> all = Files.walk(tree)) {
            bottomUp = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : bottomUp) {
            Files.deleteIfExists(path);
        }
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
