package io.penstock.gateway.token;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one issuer, as they were read and fetched last. Rounds follow each other: when it is
 * time, after a failure with a growing wait, and early when a token names a key that is not there.
 *
 * <p>Threading: any thread; nothing here waits.
 */
public final class SigningKeys {
    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);

    private final Vertx vertx;
    private final KeySource source;
    private final Set<String> algorithms;
    private final Pace pace;
    private final LongSupplier clock;
    private final AtomicBoolean busy = new AtomicBoolean();

    private volatile KeySet keys = KeySet.EMPTY;
    private volatile KeySet ofFile = KeySet.EMPTY;
    private volatile KeySet fetched = KeySet.EMPTY;
    private volatile long beganMs;
    private volatile long goodMs;
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final AtomicLong failures = new AtomicLong();
    private volatile boolean closed;
    private volatile String complaint = "";

    // guarded by this
    private long timer = -1;
    private @Nullable KeyFetch fetch;

    /**
     * How rounds follow each other.
     *
     * @param firstWaitMs how long a start waits for the first
     * @param gapMs between the begins of two, whatever tokens name
     * @param backoffMs wait after a failure, doubled by each further one
     * @param mostBackoffMs longest such wait
     */
    record Pace(long firstWaitMs, long gapMs, long backoffMs, long mostBackoffMs) {
        static final Pace USUAL = new Pace(3_000, 5_000, 1_000, 60_000);

        long waitMs(int failuresInARow, long refreshMs) {
            if (failuresInARow == 0) {
                return refreshMs;
            }
            long doubled = backoffMs << Math.min(failuresInARow - 1, 16);
            return Math.min(refreshMs, Math.min(doubled, mostBackoffMs));
        }
    }

    /**
     * Knows nothing yet.
     *
     * @param algorithms for which keys are wanted
     * @param clock Unix milliseconds
     */
    public SigningKeys(Vertx vertx, KeySource source, Set<String> algorithms, LongSupplier clock) {
        this(vertx, source, algorithms, clock, Pace.USUAL);
    }

    SigningKeys(
            Vertx vertx, KeySource source, Set<String> algorithms, LongSupplier clock, Pace pace) {
        this.vertx = vertx;
        this.source = source;
        this.algorithms = Set.copyOf(algorithms);
        this.clock = clock;
        this.pace = pace;
    }

    /**
     * Reads and fetches. Fails when a file (of keys, or of TLS) does not do; an issuer that is away
     * delays it by a bounded time and no more, and is asked again and again.
     */
    public Future<?> open() {
        return vertx.executeBlocking(this::prepare, false)
                .compose(
                        ready ->
                                round().timeout(pace.firstWaitMs(), TimeUnit.MILLISECONDS)
                                        .otherwiseEmpty());
    }

    private KeySet prepare() throws IOException {
        KeySet read = readFile();
        if (source.isFetched()) {
            KeyFetch made = new KeyFetch(vertx, source);
            synchronized (this) {
                fetch = made;
            }
        }
        return read;
    }

    /** One after the other; never fails. */
    private Future<KeySet> round() {
        if (closed || busy.getAndSet(true)) {
            return Future.succeededFuture(keys);
        }
        beganMs = clock.getAsLong();
        KeyFetch by = fetcher();
        Future<KeySet> read =
                source.file().isEmpty()
                        ? Future.succeededFuture(ofFile)
                        : vertx.executeBlocking(this::readFile, false);
        return read.map(done -> take(fetched))
                .compose(
                        done ->
                                by == null
                                        ? Future.succeededFuture(done)
                                        : by.fetch().map(document -> take(parsed(document))))
                .transform(
                        over -> {
                            after(over.cause());
                            busy.set(false);
                            return Future.succeededFuture(keys);
                        });
    }

    private synchronized @Nullable KeyFetch fetcher() {
        return fetch;
    }

    private KeySet parsed(String document) {
        KeySet found = KeySet.of(vertx, document, algorithms, fetched);
        if (found.size() == 0) {
            throw new IllegalArgumentException(
                    "no key for " + String.join(", ", algorithms.stream().sorted().toList()));
        }
        return found;
    }

    private KeySet readFile() throws IOException {
        if (source.file().isEmpty()) {
            return KeySet.EMPTY;
        }
        Path file = Path.of(source.file());
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(KeySet.MAX_BYTES + 1);
            if (bytes.length > KeySet.MAX_BYTES) {
                throw new IOException("is longer than " + KeySet.MAX_BYTES + " bytes");
            }
            String document = new String(bytes, StandardCharsets.UTF_8);
            ofFile = KeySet.of(vertx, document, algorithms, ofFile);
            return ofFile;
        } catch (IOException | IllegalArgumentException unusable) {
            throw new IOException("keys_file: " + file + ": " + unusable.getMessage(), unusable);
        }
    }

    private KeySet take(KeySet now) {
        KeySet before = keys;
        fetched = now;
        keys = ofFile.and(now);
        before.withdrawMissingIn(keys);
        if (before.size() != keys.size()) {
            LOG.info("{} keys of issuer {}", keys.size(), source.issuer());
        }
        return now;
    }

    private void after(@Nullable Throwable failure) {
        if (failure == null) {
            failuresInARow.set(0);
            goodMs = clock.getAsLong();
            complaint = "";
        } else {
            failuresInARow.incrementAndGet();
            failures.incrementAndGet();
            complain(String.valueOf(failure.getMessage()));
        }
        later(pace.waitMs(failuresInARow.get(), source.refreshMs()));
    }

    private void complain(String what) {
        if (!what.equals(complaint) && !closed) {
            complaint = what;
            LOG.warn(
                    "the keys of issuer {} cannot be had: {}; the {} that are known stay",
                    source.issuer(),
                    what,
                    keys.size());
        }
    }

    private synchronized void later(long waitMs) {
        if (closed) {
            return;
        }
        vertx.cancelTimer(timer);
        timer = vertx.setTimer(waitMs, tick -> round());
    }

    /**
     * A token names a key that is not there: looks for it, unless that was done just now.
     *
     * @return whether it cannot be told yet that there is no such key
     */
    boolean missing() {
        if (busy.get() || failuresInARow.get() > 0) {
            return true;
        }
        if (clock.getAsLong() - beganMs < pace.gapMs()) {
            return false;
        }
        round();
        return true;
    }

    KeySet now() {
        return keys;
    }

    /** Keys that are known. */
    public int size() {
        return keys.size();
    }

    /** When a round went well, Unix milliseconds; 0 for never. */
    public long goodMs() {
        return goodMs;
    }

    /** Rounds that failed since start. */
    public long failures() {
        return failures.get();
    }

    /** Ends. Safe without {@link #open}, and twice. */
    public Future<?> close() {
        closed = true;
        KeyFetch open;
        synchronized (this) {
            vertx.cancelTimer(timer);
            open = fetch;
        }
        return open == null ? Future.succeededFuture() : open.close();
    }
}
