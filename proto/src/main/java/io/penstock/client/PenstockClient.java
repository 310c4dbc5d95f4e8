package io.penstock.client;

import io.penstock.client.PushException.Fate;
import io.penstock.model.RepoName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pushes records into Penstock, each batch once.
 *
 * <pre>
 *   try (PenstockClient client = PenstockClient.builder().endpoint("gw-1:4400").endpoint("gw-2:4400").build()) {
 *       client.ready().join();
 *       client.append("web", PushRecord.at(0).with("path", "/").with("status", 200));
 *   }
 * </pre>
 *
 * <p>Errors: futures fail with {@link PushException} alone, whose fate says whether the batch may
 * be staged after all. A batch that fails takes no other with it. A name that is no repo's is an
 * {@link IllegalArgumentException}, a closed client an {@link IllegalStateException}, at once.
 *
 * <p>Order: batches of a repo begin in the order in which they were handed in, and may be staged in
 * another while several are under way.
 *
 * <p>Threading: any thread. Nothing waits but {@link #close}; {@code send} compresses on the
 * calling thread. Futures complete on threads of the client: what hangs on them must be short.
 */
public final class PenstockClient implements AutoCloseable {
    /** Repos that one client pushes to. */
    private static final int MAX_REPOS = 100_000;

    private final ClientSettings settings;
    private final Transport transport;
    private final BackOff backOff;
    private final LongSupplier nanoTime;
    private final Room room;
    private final ClientCounts counts = new ClientCounts();
    private final Map<String, RepoLane> lanes = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor timer;
    private volatile boolean closed;

    PenstockClient(
            ClientSettings settings, Transport transport, BackOff backOff, LongSupplier nanoTime) {
        this.settings = settings;
        this.transport = transport;
        this.backOff = backOff;
        this.nanoTime = nanoTime;
        this.room = new Room(settings.maxBytes());
        this.timer = new ScheduledThreadPoolExecutor(1, Threads.named("penstock-client"));
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Settings of a client to be. */
    public static ClientBuilder builder() {
        return new ClientBuilder();
    }

    /**
     * Pushes a batch.
     *
     * @return the receipt, once it is as safe as the settings ask for. Fails at once, with nothing
     *     taken, when the bytes held have reached their bound: {@link #ready} says when to come
     */
    public CompletableFuture<PushReceipt> send(String repo, Batch batch) {
        return send(repo, batch, null);
    }

    /**
     * The same under a stamp that the caller keeps, to push the same batch again after its own
     * death. Such batches go to the first endpoint alone, which knows their producer. The caller
     * sees to it that sequences have no gap of 128 between the oldest without an answer and the
     * newest.
     */
    public CompletableFuture<PushReceipt> send(String repo, Batch batch, @Nullable Stamp stamp) {
        RepoLane lane = lane(repo);
        if (batch.records() < 1) {
            throw new IllegalArgumentException("a batch without records");
        }
        Packed packed = Packed.of(batch, settings.gzip());
        if (!room.take(packed.body().length)) {
            return full();
        }
        CompletableFuture<PushReceipt> receipt = new CompletableFuture<>();
        lane.accept(packed, receipt, stamp);
        return receipt.copy();
    }

    /**
     * Adds a record to the repo's next batch, which goes when it has enough records or bytes or is
     * old enough.
     *
     * @return the receipt of that batch; fails at once where {@link #send} would
     */
    public CompletableFuture<PushReceipt> append(String repo, PushRecord pushed) {
        RepoLane lane = lane(repo);
        return room.take(0) ? lane.append(pushed) : full();
    }

    private static CompletableFuture<PushReceipt> full() {
        return CompletableFuture.failedFuture(
                new PushException(
                        "the client holds as many bytes as it may", Fate.NOT_STAGED, true));
    }

    private RepoLane lane(String repo) {
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
        RepoLane known = lanes.get(repo);
        return known == null ? open(repo) : known;
    }

    private synchronized RepoLane open(String repo) {
        String fault = RepoName.fault(repo);
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException(fault);
        }
        int most = settings.kept() == null ? MAX_REPOS : 1;
        if (lanes.size() >= most && !lanes.containsKey(repo)) {
            throw new IllegalStateException(
                    most == 1
                            ? "a producer file is for one repo, and this one is for "
                                    + lanes.keySet()
                            : "over " + MAX_REPOS + " repos");
        }
        return lanes.computeIfAbsent(repo, name -> new RepoLane(name, this));
    }

    /**
     * Completes as soon as fewer bytes are held than the settings allow: at once, or when answers
     * have come. At most that bound and one batch is ever held.
     */
    public CompletableFuture<Void> ready() {
        return room.ready();
    }

    /** Bytes held: appended, waiting, or without an answer. */
    public long heldBytes() {
        return room.usedBytes();
    }

    /** What was done so far. */
    public ClientCounts counts() {
        return counts;
    }

    /**
     * Sends what was appended, whatever its age.
     *
     * @return completes when everything handed in before has ended; fails as one of it failed
     */
    public CompletableFuture<Void> flush() {
        List<CompletableFuture<PushReceipt>> all = new ArrayList<>();
        for (RepoLane lane : lanes.values()) {
            all.addAll(lane.held());
            lane.seal();
        }
        return CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0]));
    }

    /**
     * Takes nothing more, sends what was appended, waits for answers as long as the settings say,
     * and fails what has none by then.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            flush().get(settings.closeMs(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException unanswered) {
            // the futures of those batches say so, one by one
        }
        lanes.values().forEach(RepoLane::giveUp);
        timer.shutdownNow();
    }

    ClientSettings settings() {
        return settings;
    }

    Transport transport() {
        return transport;
    }

    BackOff backOff() {
        return backOff;
    }

    LongSupplier nanoTime() {
        return nanoTime;
    }

    Room room() {
        return room;
    }

    void after(long delayMs, Runnable task) {
        ScheduledFuture<?> unused = timer.schedule(task, delayMs, TimeUnit.MILLISECONDS);
    }
}
