package io.penstock.exporter.sink.object;

import io.penstock.model.RepoName;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What an object sink counts.
 *
 * <p>Threading: written on the sink's loop, read by any thread; the numbers of {@link #stats} need
 * not be of the same moment.
 */
final class ObjectSinkCounters {

    private final RepoName repo;
    private final String export;
    private final AtomicLong publishedFiles = new AtomicLong();
    private final AtomicLong publishedBytes = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile int openWindows;
    private volatile int sealedWindows;
    private volatile long stagedBytes;

    ObjectSinkCounters(RepoName repo, String export) {
        this.repo = repo;
        this.export = export;
    }

    /** The windows are these now. */
    void windows(WindowBook book) {
        openWindows = book.open().size();
        sealedWindows = book.sealed().size();
        stagedBytes = book.bytes();
    }

    /** An object is there. */
    void published(long bytes) {
        publishedFiles.incrementAndGet();
        publishedBytes.addAndGet(bytes);
    }

    /** An object or a marker is not there yet. */
    void failed() {
        failures.incrementAndGet();
    }

    ObjectSinkStats stats() {
        return new ObjectSinkStats(
                repo,
                export,
                openWindows,
                sealedWindows,
                stagedBytes,
                publishedFiles.get(),
                publishedBytes.get(),
                failures.get());
    }
}
