package io.penstock.exporter.stage;

import io.penstock.exporter.ring.Ring;
import io.penstock.exporter.ring.RingEnvironment;
import io.penstock.exporter.storage.DiskBudget;
import io.penstock.exporter.storage.DiskShare;
import io.penstock.model.RepoName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The rings of a node on its disk: what they share is one {@code penstock-files} thread, which
 * makes and recycles their segments, and one budget of disk.
 *
 * <p>Threading: any thread. Close it after the last ring.
 */
public final class DiskRings implements RingOpener, AutoCloseable {
    private static final long CLOSE_WAIT_MS = 5_000;

    private final io.penstock.exporter.ring.RingConfig config;
    private final ExecutorService files;
    private final RingEnvironment environment;
    private volatile Function<RepoName, DiskShare> shares = repo -> DiskShare.ALL;

    /** Rings on the real file system. */
    public DiskRings(RingConfig ring, StagingConfig staging) {
        this(ring, files -> RingEnvironment.of(files, new DiskBudget(staging.maxBytes())));
    }

    /** Rings in surroundings that are made for the thread. */
    DiskRings(RingConfig ring, Function<Executor, RingEnvironment> environment) {
        this.config =
                new io.penstock.exporter.ring.RingConfig(
                        ring.segmentBytes(),
                        ring.residentBytes(),
                        ring.maxBytes(),
                        ring.maxProducers());
        this.files =
                Executors.newSingleThreadExecutor(
                        task -> {
                            Thread thread = new Thread(task, "penstock-files");
                            thread.setDaemon(true);
                            return thread;
                        });
        this.environment = environment.apply(files);
    }

    @Override
    public Ring open(Path directory) throws IOException {
        return Ring.open(directory, config, environment.within(share(directory)));
    }

    /** Sets what the ring of a repo may take of the disk together with others; before the first. */
    public void share(Function<RepoName, DiskShare> perRepo) {
        shares = perRepo;
    }

    /** A ring lies in a directory of its repo, which has its name. */
    private DiskShare share(Path ring) {
        Path repo = ring.toAbsolutePath().getParent();
        String name = repo == null ? "" : String.valueOf(repo.getFileName());
        return RepoName.fault(name).isEmpty() ? shares.apply(new RepoName(name)) : DiskShare.ALL;
    }

    /** Bytes that the segment files of all open rings take. */
    public long diskBytes() {
        return environment.disk().usedBytes();
    }

    @Override
    public void close() {
        files.shutdown();
        try {
            files.awaitTermination(CLOSE_WAIT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
