package io.penstock.exporter.sink.file;

import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.body.BodyFormat;
import io.penstock.exporter.sink.body.Compression;
import io.penstock.exporter.sink.contract.TestDelivery;
import io.penstock.exporter.sink.journal.Journal;
import io.penstock.model.RepoName;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Directories and settings for file sinks that are called directly, without a context: nothing
 * rolls by itself, since an hour is no test's age.
 */
final class FileSinkRig implements AutoCloseable {

    static final long HOUR_MS = 3_600_000;

    final Vertx vertx = Vertx.vertx();
    final Path directory;
    final Path state;
    Clock clock = Clock.systemUTC();
    BodyFormat format = BodyFormat.NDJSON;
    Compression compression = Compression.NONE;
    FsyncPolicy fsync = FsyncPolicy.NEVER;
    long rollBytes = 1 << 20;
    boolean publishOnClose = true;
    int idsPerGeneration = Journal.IDS_PER_GENERATION;

    FileSinkRig(Path root) throws IOException {
        directory = root.resolve("files");
        state = Files.createDirectories(root.resolve("state"));
    }

    FileSinkConfig config() {
        return new FileSinkConfig(
                directory, format, "", compression, rollBytes, HOUR_MS, fsync, publishOnClose);
    }

    SinkContext context() {
        return new SinkContext(vertx, new RepoName("repo"), "export", state, clock);
    }

    /** A sink on what the directories hold. */
    FileSink open() {
        FileSink sink = new FileSink(config(), context(), idsPerGeneration);
        sink.start();
        return sink;
    }

    static Outcome deliver(FileSink sink, TestDelivery delivery) {
        Outcome outcome = sink.deliver(delivery.lend()).result();
        delivery.settle();
        return outcome;
    }

    /** Markers of the records in published files, in order. */
    List<String> published() {
        return Published.records(directory, format, compression).stream()
                .map(record -> record.getString("marker"))
                .toList();
    }

    List<Path> files() {
        return Published.files(directory);
    }

    List<Path> parts() {
        return Published.parts(directory);
    }

    /** How many handles of this process are open on files of the rig; 0 where nobody tells. */
    long handles() throws IOException {
        Path process = Path.of("/proc/self/fd");
        if (!Files.isDirectory(process)) {
            return 0;
        }
        try (var handles = Files.list(process)) {
            return handles.filter(this::isOurs).count();
        }
    }

    private boolean isOurs(Path handle) {
        try {
            return Files.readSymbolicLink(handle).startsWith(directory.getParent());
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    /** The newest generation of the journal. */
    Path journal() throws IOException {
        try (var files = Files.list(state)) {
            return files.filter(file -> file.getFileName().toString().startsWith("journal-"))
                    .sorted()
                    .reduce((first, second) -> second)
                    .orElseThrow();
        }
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(20, TimeUnit.SECONDS);
    }
}
