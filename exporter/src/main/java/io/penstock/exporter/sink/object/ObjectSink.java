package io.penstock.exporter.sink.object;

import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.rows.HourSplitter;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.journal.DeliveryHash;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stages deliveries in windows, and decides when a window is sealed, what waits, and what an error
 * means.
 *
 * <p>After an error of the file system the windows are closed; the next delivery or tick opens them
 * again, by the same way as after a crash.
 *
 * <p>Threading: one worker at a time; {@link SinkLoop} leads back to it.
 */
final class ObjectSink implements Sink {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectSink.class);

    private static final long SHORTEST_TICK_MS = 50;
    private static final long TICK_MS = 1000;
    private static final long IDLE_TICK_MS = 60_000;
    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);

    private final ObjectSinkConfig config;
    private final ObjectSinkParts parts;
    private final HourSplitter splitter;
    private final Publisher publisher;
    private @Nullable WindowFiles files;
    private Runnable callOffTick = () -> {};
    private boolean ticking;
    private @Nullable Promise<Void> closing;
    // Read by encodes, on their threads.
    private volatile boolean urgent;

    ObjectSink(ObjectSinkConfig config, ObjectSinkParts parts) {
        this.config = config;
        this.parts = parts;
        splitter = new HourSplitter(config.maxOpenWindows());
        publisher =
                new Publisher(
                        new Publisher.Parts(
                                parts.encoder(),
                                parts.objects(),
                                EncodeDesk.OF_THIS_NODE,
                                parts.threads(),
                                config.encodes(),
                                () -> urgent,
                                parts.loop(),
                                parts.counters()));
    }

    /** Opens the windows, so that what a crash left is published without a delivery. */
    void start() {
        tick();
    }

    private WindowFiles open() throws IOException {
        WindowFiles open = files;
        if (open == null) {
            open = new WindowFiles(parts.windows());
            files = open;
            parts.counters().windows(open.book());
        }
        return open;
    }

    @Override
    public Future<Outcome> deliver(Delivery delivery) {
        return Future.succeededFuture(
                closing == null ? stage(delivery) : retry("the sink is closed"));
    }

    private Outcome stage(Delivery delivery) {
        try {
            WindowFiles open = open();
            if (open.contains(DeliveryHash.of(delivery.id()))) {
                return Outcome.DELIVERED;
            }
            if (parts.freeBytes().getAsLong() < config.minFreeBytes()) {
                publish(open);
                return retry("disk full: less than min_free_bytes is left for staging");
            }
            splitter.clear();
            delivery.read(splitter);
            if (splitter.overflown()) {
                return new Outcome.Rejected(
                        "records of more than max_open_windows = "
                                + config.maxOpenWindows()
                                + " hours at once");
            }
            if (!makeRoom(open, delivery)) {
                publish(open);
                return busy(open);
            }
            open.append(delivery.id(), splitter, parts.clock().millis());
        } catch (MalformedBatchException malformed) {
            return new Outcome.Rejected(String.valueOf(malformed.getMessage()));
        } catch (IOException failed) {
            giveUp(failed);
            startTicking();
            return retry(reason(failed));
        }
        afterAppend();
        return Outcome.DELIVERED;
    }

    /** Seals what stands in the way of a delivery; false when there is no room for that. */
    private boolean makeRoom(WindowFiles open, Delivery delivery) throws IOException {
        WindowBook book = open.book();
        List<Long> hours = splitter.hours();
        List<Window> full = new ArrayList<>();
        int fresh = 0;
        for (long hour : hours) {
            Window window = book.open().get(hour);
            if (window == null) {
                fresh++;
            } else if (window.end() >= config.targetBytes()
                    || window.range().epoch() != delivery.id().epoch()) {
                full.add(window);
                fresh++;
            }
        }
        int excess = book.open().size() - full.size() + fresh - config.maxOpenWindows();
        book.open().values().stream()
                .filter(window -> !hours.contains(window.hour()))
                .sorted(Comparator.comparingLong(Window::openedMs))
                .limit(Math.max(0, excess))
                .forEach(full::add);
        boolean staged = book.bytes() >= config.maxStagedBytes();
        if (staged && full.isEmpty()) {
            book.open().values().stream()
                    .max(Comparator.comparingLong(Window::end))
                    .ifPresent(full::add);
        }
        for (Window window : full) {
            if (!seal(open, window)) {
                return false;
            }
        }
        return !staged;
    }

    /** Seals a window if there is a place for it. */
    private boolean seal(WindowFiles open, Window window) throws IOException {
        int sealed = open.book().sealed().size();
        if (sealed >= config.maxSealedWindows() && closing == null) {
            return false;
        }
        urgent = closing != null || 2 * (sealed + 1) >= config.maxSealedWindows();
        open.seal(window, parts.keys().file(window.hour(), window.range()));
        return true;
    }

    /** What is staged counts, whatever becomes of this. */
    private void afterAppend() {
        try {
            sealDue(open());
            publish(open());
        } catch (IOException failed) {
            giveUp(failed);
        }
        startTicking();
    }

    private void sealDue(WindowFiles open) throws IOException {
        long nowMs = parts.clock().millis();
        for (Window window : List.copyOf(open.book().open().values())) {
            boolean old = nowMs - window.openedMs() >= config.maxAgeMs();
            if (old || closing != null || window.end() >= config.targetBytes()) {
                seal(open, window);
            }
        }
    }

    private void publish(WindowFiles open) {
        long nowMs = parts.clock().millis();
        for (Window window : List.copyOf(open.book().sealed().values())) {
            if (closing == null || !publisher.failed(window.key())) {
                publisher.publish(
                        window,
                        open.path(window.sequence()),
                        nowMs,
                        this::published,
                        this::jobEnded);
            }
        }
    }

    private void published(Window window) {
        try {
            WindowFiles open = open();
            if (open.book().sealed().containsKey(window.sequence())) {
                open.gone(window);
            }
            int sealed = open.book().sealed().size();
            urgent = closing != null || 2 * sealed >= config.maxSealedWindows();
            parts.counters().windows(open.book());
        } catch (IOException failed) {
            giveUp(failed);
        }
    }

    private void jobEnded() {
        WindowFiles open = files;
        if (open != null) {
            publish(open);
        }
        finishClosing();
    }

    private void mark(WindowFiles open) {
        long nowMs = parts.clock().millis();
        for (long hour : List.copyOf(open.book().owed())) {
            if (nowMs >= dueMs(hour) && !open.book().has(hour)) {
                String key = parts.keys().marker(hour, config.marker());
                publisher.mark(key, nowMs, () -> marked(hour), this::finishClosing);
            }
        }
    }

    private long dueMs(long hour) {
        return (hour + 1) * HOUR_MS + config.markerGraceMs();
    }

    private void marked(long hour) {
        try {
            WindowFiles open = open();
            if (!open.book().has(hour)) {
                open.marked(hour);
            }
        } catch (IOException failed) {
            giveUp(failed);
        }
    }

    /** Looks at what only time brings about. */
    void tick() {
        ticking = false;
        if (closing != null) {
            return;
        }
        try {
            WindowFiles open = open();
            sealDue(open);
            publish(open);
            if (!config.marker().isEmpty()) {
                mark(open);
            }
        } catch (IOException failed) {
            giveUp(failed);
        }
        startTicking();
    }

    private void startTicking() {
        WindowFiles open = files;
        if (open != null) {
            parts.counters().windows(open.book());
        }
        if (!ticking && closing == null) {
            long delayMs = nextTickMs();
            if (delayMs >= 0) {
                ticking = true;
                callOffTick = parts.loop().after(delayMs, this::tick);
            }
        }
    }

    /** When to look again; -1 when nothing is waited for. */
    private long nextTickMs() {
        WindowFiles open = files;
        long busyMs = Math.max(SHORTEST_TICK_MS, Math.min(TICK_MS, config.maxAgeMs() / 4));
        if (open == null) {
            return busyMs;
        }
        WindowBook book = open.book();
        if (!book.open().isEmpty() || !book.sealed().isEmpty()) {
            return busyMs;
        }
        boolean marks = !config.marker().isEmpty() && !book.owed().isEmpty();
        if (!marks) {
            return -1;
        }
        long leftMs = dueMs(book.owed().first()) - parts.clock().millis();
        return Math.max(busyMs, Math.min(IDLE_TICK_MS, leftMs));
    }

    private Outcome busy(WindowFiles open) {
        String why = publisher.lastError();
        int waiting = open.book().sealed().size();
        return why.isEmpty()
                ? new Outcome.Retry(
                        Outcome.Retry.BACK_OFF,
                        waiting + " objects wait to be encoded and published",
                        Outcome.Cause.BUSY)
                : new Outcome.Retry(
                        Outcome.Retry.BACK_OFF,
                        waiting + " objects cannot be published: " + why,
                        Outcome.Cause.DOWN);
    }

    private static Outcome retry(String why) {
        return new Outcome.Retry(Outcome.Retry.BACK_OFF, why);
    }

    private static String reason(IOException failed) {
        String message = String.valueOf(failed.getMessage());
        return message.contains("No space left on device")
                ? "disk full: " + message
                : failed.toString();
    }

    private void giveUp(IOException failed) {
        LOG.warn("export {}: {}", parts.keys().export(), reason(failed), failed);
        WindowFiles open = files;
        files = null;
        close(open, failed);
    }

    private static void close(@Nullable Closeable open, IOException because) {
        if (open != null) {
            try {
                open.close();
            } catch (IOException alsoFailed) {
                because.addSuppressed(alsoFailed);
            }
        }
    }

    @Override
    public Future<Void> close() {
        Promise<Void> end = closing;
        if (end != null) {
            return end.future();
        }
        end = Promise.promise();
        closing = end;
        urgent = true;
        callOffTick.run();
        if (config.publishOnClose() || parts.mayMove()) {
            afterAppend();
        }
        finishClosing();
        return end.future();
    }

    private void finishClosing() {
        Promise<Void> end = closing;
        if (end == null || publisher.busy()) {
            return;
        }
        IOException fault = new IOException("not everything could be closed");
        close(files, fault);
        close(parts.objects(), fault);
        files = null;
        ObjectSinks.closed(parts.counters());
        if (fault.getSuppressed().length == 0) {
            end.tryComplete();
        } else {
            end.tryFail(fault);
        }
    }
}
