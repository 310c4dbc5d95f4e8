package io.penstock.gateway.audit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit log of a node that runs. Threading: any thread; one worker reads and writes. */
public final class AuditLog {
    /** Entries that may wait to be written. */
    public static final int MAX_WAITING = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    private final AuditFiles files;
    private final WorkerExecutor writer;
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder lost = new LongAdder();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** The log of a data directory, which need not be there before the first entry. */
    public AuditLog(Vertx vertx, Path dataDirectory, long maxBytes) {
        this.files = new AuditFiles(dataDirectory, maxBytes);
        this.writer = vertx.createSharedWorkerExecutor("penstock-audit", 1);
    }

    /**
     * Writes an entry, durably when the future completes. It never fails: what cannot be written is
     * counted, and logged whole, since a change that was made must not look undone.
     */
    public Future<Void> append(AuditEntry entry) {
        if (closed.get()) {
            return lose(entry, "it is closed");
        }
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return lose(entry, "as many entries wait as may");
        }
        return writer.executeBlocking(
                        () -> {
                            files.append(entry);
                            return true;
                        })
                .onComplete(over -> waiting.decrementAndGet())
                .<Void>mapEmpty()
                .recover(failed -> lose(entry, String.valueOf(failed.getMessage())));
    }

    private Future<Void> lose(AuditEntry entry, String why) {
        lost.increment();
        LOG.error("audit log: {}; not written: {}", why, entry.json());
        return Future.succeededFuture();
    }

    /** {@code {"entries":[...]}}: the newest, newest first. */
    public Future<JsonObject> newest(int limit) {
        return writer.executeBlocking(() -> files.newest(limit));
    }

    /** Entries that could not be written. */
    public long lost() {
        return lost.sum();
    }

    /** Ends the worker, when what waits is written. Safe twice. */
    public Future<Void> close() {
        if (closed.getAndSet(true)) {
            return Future.succeededFuture();
        }
        return writer.executeBlocking(() -> true)
                .otherwise(true)
                .compose(written -> writer.close())
                .otherwiseEmpty();
    }
}
