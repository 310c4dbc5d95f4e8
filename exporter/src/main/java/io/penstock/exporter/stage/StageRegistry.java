package io.penstock.exporter.stage;

import io.penstock.exporter.stage.StageState.Event;
import io.penstock.model.RepoName;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stages of this node. Opens a repo on its first batch, closes it when it has been idle and
 * drained for a while, brings back what a crash or stop left staged, and drains everything at stop.
 *
 * <p>A closed repo costs a directory and nothing else. Order of a node's life: {@link #start},
 * intakes, {@link #drain}, {@link #close}.
 *
 * <p>Threading: any thread.
 */
public final class StageRegistry {
    /** How often idle time, drain rates and failed stages are looked at. */
    static final long TICK_MS = 250;

    /** A failed stage is opened again not sooner than this. */
    static final long REOPEN_AFTER_MS = 2_000;

    /** With too many repos open, a drained one is closed after this time instead of the key's. */
    static final long PRESSED_IDLE_MS = 1_000;

    private static final long DRAIN_LOOK_MS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(StageRegistry.class);

    /**
     * What a registry is made of.
     *
     * @param vertx for timers
     * @param directories where repos lie
     * @param opener makes rings
     * @param listener told of openings and closings
     * @param mayCreate whether a push may create this repo
     * @param nowMs time of day in milliseconds
     */
    public record Wiring(
            Vertx vertx,
            RepoDirectories directories,
            RingOpener opener,
            StageListener listener,
            Predicate<RepoName> mayCreate,
            LongSupplier nowMs) {}

    private final Wiring wiring;
    private final RingConfig ring;
    private final StagingConfig staging;
    private final StagedBytes stagedBytes;
    private final DrainRate nodeDrain;
    private final IntakeCounters counters = new IntakeCounters();
    private final ConcurrentMap<RepoName, Stage> stages = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<RepoName> backlog = new ConcurrentLinkedQueue<>();
    private final StageFiles files;
    private final GroupSync sync;
    private volatile StageQuotas quotas = StageQuotas.NONE;
    private volatile boolean refusing;
    private volatile long timer = -1;

    /** A registry that has not started. */
    public StageRegistry(Wiring wiring, RingConfig ring, StagingConfig staging, SyncConfig sync) {
        this.wiring = wiring;
        this.ring = ring;
        this.staging = staging;
        this.stagedBytes = new StagedBytes(staging.maxBytes());
        this.nodeDrain = new DrainRate(0, wiring.nowMs().getAsLong());
        this.files = new StageFiles(wiring, staging.maxRepos());
        this.sync = new GroupSync(sync.intervalMs());
    }

    /** Sets who may have how much of the disk; before {@link #start}. */
    public void quotas(StageQuotas rules) {
        quotas = rules;
        files.quotas(rules);
    }

    /**
     * Opens every repo that was not closed drained. Repos that cannot be opened are logged and
     * tried again later; the future fails only when the directories cannot be listed.
     */
    public Future<Void> start() {
        sync.start();
        Promise<List<RepoName>> listed = Promise.promise();
        files.run(
                () -> {
                    try {
                        listed.complete(files.recover());
                    } catch (IOException | RuntimeException e) {
                        listed.fail(e);
                    }
                });
        return listed.future().compose(this::openBacklog);
    }

    private Future<Void> openBacklog(List<RepoName> left) {
        int now = Math.min(left.size(), staging.maxOpenRepos());
        backlog.addAll(left.subList(now, left.size()));
        List<Future<Void>> opening = new ArrayList<>();
        for (RepoName repo : left.subList(0, now)) {
            opening.add(open(repo, false).<Void>mapEmpty().otherwiseEmpty());
        }
        timer = wiring.vertx().setPeriodic(TICK_MS, id -> tick());
        return Future.join(opening).mapEmpty();
    }

    /** The intake of the event loop that {@code context} belongs to. */
    public Intake newIntake(Context context) {
        return new IntakeLoop(this, context);
    }

    /** A repo's stage, when there is one. */
    public Optional<Stage> find(RepoName repo) {
        return Optional.ofNullable(stages.get(repo));
    }

    /** All stages that are not closed. */
    public Collection<Stage> stages() {
        return List.copyOf(stages.values());
    }

    /** Names of all repos on this node, open or not. Blocking. */
    public List<RepoName> known() throws IOException {
        return wiring.directories().known();
    }

    /** The same of some: those behind a name, so many at the most. Blocking. */
    public List<RepoName> known(String after, int limit) throws IOException {
        return wiring.directories().known(after, limit);
    }

    /** How many those are. */
    public int knownRepos() {
        return files.repos();
    }

    /** Bytes staged by all open repos. */
    public long stagedBytesUsed() {
        return stagedBytes.used();
    }

    /** What went through the doors. */
    public IntakeCounters counters() {
        return counters;
    }

    /** Rounds of the group sync so far. */
    public long syncRounds() {
        return sync.rounds();
    }

    /**
     * The repo's active stage, opened or created now when need be.
     *
     * @return fails with a reason for people when the repo may not or cannot be opened
     */
    public Future<Stage> open(RepoName repo) {
        return open(repo, true);
    }

    private Future<Stage> open(RepoName repo, boolean asked) {
        if (refusing) {
            return Future.failedFuture(new RefusedException(Refusals.STOPPING));
        }
        long nowMs = nowMs();
        Stage fresh = new Stage(repo, stagedBytes.part(quotas.share(repo)));
        Stage stage =
                Objects.requireNonNull(
                        stages.compute(repo, (r, old) -> replaceable(old, nowMs) ? fresh : old));
        if (stage == fresh) {
            openFresh(stage, asked);
            return stage.whenOpen();
        }
        return switch (stage.state()) {
            case OPENING, ACTIVE -> stage.whenOpen();
            case DRAINING -> stage.whenClosed().compose(v -> open(repo, asked));
            case FAILED, CLOSED ->
                    Future.failedFuture(new RefusedException(Refusals.reopening(stage, nowMs)));
        };
    }

    private static boolean replaceable(@Nullable Stage old, long nowMs) {
        return old == null || (old.state() == StageState.CLOSED && nowMs >= old.retryAtMs());
    }

    private void openFresh(Stage stage, boolean asked) {
        int limit = staging.maxOpenRepos();
        String fault = asked ? quotas.open(stage.repo(), stages.keySet(), limit) : "";
        if (stages.size() > limit) {
            withdraw(stage, Refusals.unavailable("too many repos are open on this node"));
        } else if (!fault.isEmpty()) {
            withdraw(stage, Refusals.unavailable(fault));
        } else if (!files.run(() -> openFiles(stage))) {
            withdraw(stage, Refusals.STOPPING);
        }
    }

    private void openFiles(Stage stage) {
        try {
            files.open(stage);
            wiring.listener()
                    .onOpened(stage)
                    .onSuccess(v -> activate(stage))
                    .onFailure(cause -> broke(stage, cause));
        } catch (RefusedException e) {
            withdraw(stage, e.refusal());
        } catch (IOException | RuntimeException e) {
            broke(stage, e);
        }
    }

    private void activate(Stage stage) {
        if (stage.move(Event.OPENED) != null) {
            stage.completeOpen();
        } else {
            // Asked to drain while it was being opened.
            stage.failOpen(new RefusedException(Refusals.unavailable("repo was closed at once")));
            shut(stage);
        }
    }

    /** A stage that never held anything disappears without a trace. */
    private void withdraw(Stage stage, Refusal why) {
        stages.remove(stage.repo(), stage);
        stage.move(Event.BREAK);
        stage.move(Event.SHUT);
        stage.failOpen(new RefusedException(why));
        stage.completeClose();
    }

    /** A file of the stage failed: it takes nothing any more and is opened again after a while. */
    void broke(Stage stage, Throwable cause) {
        StageState before = stage.move(Event.BREAK);
        if (before == null || before == StageState.FAILED) {
            return;
        }
        LOG.error("repo {} failed and is closed", stage.repo(), cause);
        stage.noteFailure(cause);
        stage.retryAt(nowMs() + REOPEN_AFTER_MS);
        stage.failOpen(
                new RefusedException(
                        Refusals.unavailable("repo " + stage.repo() + " cannot be opened")));
        stage.signal(StageDoor.ANY);
        shut(stage);
    }

    /** Closes one repo; what is staged stays on disk. The future completes when it is closed. */
    public Future<Void> close(RepoName repo) {
        Stage stage = stages.get(repo);
        return stage == null ? Future.succeededFuture() : close(stage);
    }

    private Future<Void> close(Stage stage) {
        if (stage.move(Event.DRAIN) == StageState.ACTIVE) {
            shut(stage);
        }
        return stage.state() == StageState.CLOSED ? Future.succeededFuture() : stage.whenClosed();
    }

    private void shut(Stage stage) {
        if (!stage.beginShut()) {
            return;
        }
        Future<Void> closing;
        try {
            closing = wiring.listener().onClosing(stage);
        } catch (RuntimeException e) {
            closing = Future.failedFuture(e);
        }
        closing.onFailure(e -> LOG.error("exports of {} did not stop well", stage.repo(), e))
                .onComplete(done -> closeFiles(stage));
    }

    private void closeFiles(Stage stage) {
        boolean failed = stage.state() == StageState.FAILED;
        boolean taken =
                files.run(
                        () -> {
                            boolean drained = files.close(stage);
                            closed(stage, failed, drained);
                        });
        if (!taken) {
            closed(stage, failed, false);
        }
    }

    private void closed(Stage stage, boolean failed, boolean drained) {
        stage.detach();
        stage.move(Event.SHUT);
        if (!failed) {
            stages.remove(stage.repo(), stage);
        }
        stage.completeClose();
        if (!drained && !failed && !refusing) {
            // Something slipped in just before the closing: it is not to wait for the next batch.
            backlog.add(stage.repo());
        }
    }

    /** Closes a repo and deletes everything it has, what is staged included. */
    public Future<Void> delete(RepoName repo) {
        Stage stage = stages.get(repo);
        if (stage != null && stage.state() != StageState.CLOSED) {
            return close(stage).compose(v -> delete(repo));
        }
        Stage tomb = new Stage(repo, stagedBytes.part(quotas.share(repo)));
        tomb.move(Event.DRAIN);
        boolean mine = stages.compute(repo, (r, old) -> old == stage ? tomb : old) == tomb;
        if (!mine) {
            return delete(repo);
        }
        backlog.remove(repo);
        files.run(() -> deleteFiles(tomb));
        return tomb.whenClosed();
    }

    private void deleteFiles(Stage tomb) {
        Throwable failure = null;
        try {
            files.delete(tomb.repo());
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
        stages.remove(tomb.repo(), tomb);
        tomb.move(Event.SHUT);
        tomb.noteDeleted(failure);
    }

    /** Refuses new batches from now on; an answer that is awaited still comes. */
    public void refuse() {
        refusing = true;
    }

    /**
     * Refuses new batches and waits until every export has settled everything.
     *
     * @return whether that came true before the deadline; what is left stays staged on disk
     */
    public Future<Boolean> drain(long deadlineMs) {
        refuse();
        Promise<Boolean> done = Promise.promise();
        long endMs = nowMs() + deadlineMs;
        checkDrained(endMs, done);
        return done.future();
    }

    private void checkDrained(long endMs, Promise<Boolean> done) {
        boolean drained =
                stages.values().stream()
                        .allMatch(s -> s.state() != StageState.ACTIVE || s.drained());
        if (drained || nowMs() >= endMs) {
            done.complete(drained);
        } else {
            wiring.vertx().setTimer(DRAIN_LOOK_MS, id -> checkDrained(endMs, done));
        }
    }

    /**
     * Closes every stage and ends the registry's threads. Safe without {@link #start}, and twice.
     */
    public Future<Void> close() {
        refuse();
        if (timer >= 0) {
            wiring.vertx().cancelTimer(timer);
        }
        List<Future<Void>> closing = new ArrayList<>();
        for (Stage stage : stages.values()) {
            closing.add(close(stage));
        }
        return Future.join(closing)
                .<Void>mapEmpty()
                .otherwiseEmpty()
                .onComplete(v -> files.run(sync::close))
                .onComplete(v -> files.end());
    }

    private void tick() {
        long nowMs = nowMs();
        nodeDrain.sample(stagedBytes.drainedTotal(), nowMs);
        boolean pressed = stages.size() >= staging.maxOpenRepos();
        long idleMs = pressed ? Math.min(PRESSED_IDLE_MS, ring.idleCloseMs()) : ring.idleCloseMs();
        for (Stage stage : stages.values()) {
            look(stage, nowMs, idleMs);
        }
        while (!refusing && !backlog.isEmpty() && stages.size() < staging.maxOpenRepos()) {
            RepoName next = backlog.poll();
            if (next != null) {
                open(next, false);
            }
        }
    }

    private void look(Stage stage, long nowMs, long idleMs) {
        if (stage.state() == StageState.ACTIVE) {
            long quietMs = nowMs - stage.sample(nowMs);
            if (quietMs >= idleMs && stage.drained() && !stage.awaited()) {
                close(stage);
            }
        } else if (!refusing && replaceable(stage, nowMs)) {
            open(stage.repo(), false);
        }
    }

    boolean refusing() {
        return refusing;
    }

    long nowMs() {
        return wiring.nowMs().getAsLong();
    }

    RingConfig ring() {
        return ring;
    }

    StagingConfig staging() {
        return staging;
    }

    GroupSync sync() {
        return sync;
    }

    /** The refusal of a batch for whose bytes the node, or the share of them, has no room. */
    Refusal noRoom(Stage stage, String why, long bytes) {
        long retryMs =
                why.equals(StagedBytes.NODE_FULL)
                        ? nodeDrain.retryAfterMs(bytes)
                        : stage.retryAfterMs(bytes);
        return new Refusal.Full(stage.repo(), retryMs, why);
    }
}
