package io.penstock.exporter.sink.object;

import io.penstock.exporter.objectstore.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encodes sealed windows and publishes them, a few at once, on the threads of the desk; and writes
 * markers. What fails is tried again after a while, for as long as it is asked for.
 *
 * <p>A window may be handed over again after a crash, or after a lost answer: its key is the same,
 * so its object is there once.
 *
 * <p>Threading: confined to the sink's loop; its jobs are on other threads.
 */
final class Publisher {

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private static final long FIRST_WAIT_MS = 1000;
    private static final long LONGEST_WAIT_MS = 30_000;

    private final Parts parts;
    private final Set<String> running = new HashSet<>();
    private final Map<String, Failure> failures = new HashMap<>();
    private String lastError = "";

    /**
     * What a publisher works with.
     *
     * @param encoder makes contents
     * @param objects takes them
     * @param desk where encodes take turns
     * @param threads where jobs run
     * @param encodes at once on the node
     * @param urgent whether encodes shall not pause now; asked on their threads
     * @param loop the sink's
     * @param counters the sink's
     */
    record Parts(
            WindowEncoder encoder,
            ObjectStore objects,
            EncodeDesk desk,
            Executor threads,
            int encodes,
            BooleanSupplier urgent,
            SinkLoop loop,
            ObjectSinkCounters counters) {}

    /** When to try again. */
    private record Failure(int times, long againMs) {}

    /** A step that may block, on a thread of its own. */
    private interface Job {
        void run() throws IOException, InterruptedException;
    }

    Publisher(Parts parts) {
        this.parts = parts;
    }

    /**
     * Publishes a window, unless that is under way, or failed a short while ago, or too much is
     * under way.
     *
     * @param done called on the sink's loop when the object is there
     * @param over called on the sink's loop at the end of it, behind {@code done}
     */
    void publish(Window window, Path rows, long nowMs, Consumer<Window> done, Runnable over) {
        AtomicLong bytes = new AtomicLong();
        start(
                window.key(),
                nowMs,
                () -> {
                    try (EncodeDesk.Turn turn =
                            parts.desk().begin(parts.encodes(), parts.urgent())) {
                        Path scratch = parts.objects().scratch(window.key());
                        bytes.set(
                                parts.encoder().encode(rows, window.end(), scratch, turn::giveWay));
                    }
                    parts.objects().publish(window.key());
                },
                () -> {
                    parts.counters().published(bytes.get());
                    done.accept(window);
                },
                over);
    }

    /** Writes a marker; otherwise the same. */
    void mark(String key, long nowMs, Runnable done, Runnable over) {
        start(key, nowMs, () -> parts.objects().mark(key), done, over);
    }

    private void start(String key, long nowMs, Job job, Runnable done, Runnable over) {
        Failure failure = failures.get(key);
        boolean wait = failure != null && nowMs < failure.againMs();
        if (wait || running.contains(key) || running.size() >= Math.max(2, parts.encodes())) {
            return;
        }
        running.add(key);
        parts.threads()
                .execute(
                        () -> {
                            Throwable fault = run(job);
                            parts.loop()
                                    .run(
                                            () -> {
                                                ended(key, fault, nowMs);
                                                if (fault == null) {
                                                    done.run();
                                                }
                                                over.run();
                                            });
                        });
    }

    private static @Nullable Throwable run(Job job) {
        try {
            job.run();
            return null;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return stop;
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError fault) {
            return fault;
        }
    }

    private void ended(String key, @Nullable Throwable fault, long startedMs) {
        running.remove(key);
        if (fault == null) {
            failures.remove(key);
            lastError = failures.isEmpty() ? "" : lastError;
            return;
        }
        parts.counters().failed();
        Failure before = failures.get(key);
        int times = before == null ? 1 : before.times() + 1;
        long waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS << Math.min(times - 1, 10));
        failures.put(key, new Failure(times, startedMs + waitMs));
        lastError = String.valueOf(fault.getMessage());
        LOG.warn("{} is not published, the next try is in {} ms", key, waitMs, fault);
    }

    /** Whether a job is under way. */
    boolean busy() {
        return !running.isEmpty();
    }

    /** Whether the last try for a key failed. */
    boolean failed(String key) {
        return failures.containsKey(key);
    }

    /** What the last failure said; empty when nothing waits because of one. */
    String lastError() {
        return lastError;
    }
}
