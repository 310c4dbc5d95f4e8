package io.penstock.exporter.fanout;

import io.penstock.exporter.deadletter.DeadLetter;
import io.penstock.exporter.deadletter.DeadLetterStore;
import io.penstock.exporter.pressure.DeliveryShare;
import io.penstock.exporter.receipt.Fate;
import io.penstock.exporter.relay.ExportName;
import io.penstock.exporter.relay.SinkPlacement;
import io.penstock.exporter.ring.RingCursor;
import io.penstock.exporter.ring.RingStats.CursorStats;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.stage.RepoDirectories;
import io.penstock.exporter.stage.Stage;
import io.penstock.exporter.stage.StageListener;
import io.penstock.exporter.stage.StageState;
import io.penstock.model.RepoName;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the exports of every open stage: opens their cursors before the stage takes its first batch,
 * deploys a verticle each, and takes all of it down again before the ring is closed.
 *
 * <p>Threading: any thread.
 */
public final class FanOut implements StageListener {
    private static final Logger LOG = LoggerFactory.getLogger(FanOut.class);

    private record Key(RepoName repo, String export) {}

    private record Running(Stage stage, SinkVerticle verticle, String deployment) {}

    private final Vertx vertx;
    private final RepoDirectories directories;
    private final ExportCatalog catalog;
    private final Clock clock;
    private final Patience patience;
    private final SinkPlacement placement;
    private volatile Function<RepoName, DeliveryShare> shares = repo -> DeliveryShare.ALL;
    private final Map<Key, Running> running = new ConcurrentHashMap<>();

    /** Changes under way; a stage is not closed under one. */
    private final Map<Promise<Void>, Stage> changing = new ConcurrentHashMap<>();

    /** Runs nothing yet; the stages of a registry bring the exports. */
    public FanOut(Vertx vertx, RepoDirectories directories, ExportCatalog catalog, Clock clock) {
        this(vertx, directories, catalog, clock, SinkPlacement.HERE);
    }

    /** The same, delivering where a placement says. */
    public FanOut(
            Vertx vertx,
            RepoDirectories directories,
            ExportCatalog catalog,
            Clock clock,
            SinkPlacement placement) {
        this(vertx, directories, catalog, clock, Patience.NORMAL, placement);
    }

    /** With waits of its own. */
    FanOut(
            Vertx vertx,
            RepoDirectories directories,
            ExportCatalog catalog,
            Clock clock,
            Patience patience) {
        this(vertx, directories, catalog, clock, patience, SinkPlacement.HERE);
    }

    FanOut(
            Vertx vertx,
            RepoDirectories directories,
            ExportCatalog catalog,
            Clock clock,
            Patience patience,
            SinkPlacement placement) {
        this.vertx = vertx;
        this.directories = directories;
        this.catalog = catalog;
        this.clock = clock;
        this.patience = patience;
        this.placement = placement;
    }

    /** Sets what the exports of a repo may have under way together; before the first is open. */
    public void share(Function<RepoName, DeliveryShare> perRepo) {
        shares = perRepo;
    }

    @Override
    public Future<Void> onOpened(Stage stage) {
        List<Future<Void>> deployed = new ArrayList<>();
        List<Export> exports = catalog.exportsOf(stage.repo());
        warnOfOrphans(stage, exports);
        for (Export export : exports) {
            deployed.add(deploy(stage, export));
        }
        return Future.join(deployed).mapEmpty();
    }

    private static void warnOfOrphans(Stage stage, List<Export> exports) {
        List<String> names = exports.stream().map(Export::name).toList();
        for (String cursor : stage.ring().cursors()) {
            if (!names.contains(cursor)) {
                LOG.warn(
                        "data is kept for export {}, which is not configured: configure or"
                                + " forget it",
                        new ExportName(stage.repo(), cursor));
            }
        }
    }

    /** Adds an export to an open stage, from now on or from where it stood before. */
    public Future<Void> deploy(Stage stage, Export export) {
        return begin(stage, export).mapEmpty();
    }

    private Future<Running> begin(Stage stage, Export export) {
        return blocking(() -> open(stage, export))
                .compose(
                        verticle ->
                                vertx.deployVerticle(verticle, options(export))
                                        .map(id -> new Running(stage, verticle, id))
                                        .onFailure(e -> closeParts(verticle.parts())))
                .onSuccess(now -> running.put(key(stage.repo(), export.name()), now));
    }

    /**
     * Makes an export of an open stage run as it is told here. One that runs starts nothing more,
     * what is with its sink lands, and a sink made anew goes on where the old one stopped: the
     * cursor keeps its place, and pushes go on all the while. Changes of one export must follow one
     * another.
     *
     * @return fails with the reason when the sink cannot be made; the export then runs as before,
     *     or, where there was none, does not run and keeps its cursor
     */
    public Future<Void> change(Stage stage, Export export) {
        Promise<Void> done = Promise.promise();
        changing.put(done, stage);
        Future<Void> change =
                stage.state() == StageState.ACTIVE
                        ? exchange(stage, export, running.get(key(stage.repo(), export.name())))
                        : Future.failedFuture(new IllegalStateException("the repo is closing"));
        change.onComplete(ended -> changing.remove(done)).onComplete(done);
        return done.future();
    }

    private Future<Void> exchange(Stage stage, Export export, @Nullable Running before) {
        if (before == null) {
            return deployMade(stage, export);
        }
        Export old = before.verticle().parts().export().paused(export.paused());
        return undeploy(key(stage.repo(), export.name()), before)
                .otherwiseEmpty() // one stuck in its sink was left; the cursor is free
                .compose(v -> deployMade(stage, export))
                .recover(
                        failure ->
                                deploy(stage, old)
                                        .transform(again -> Future.failedFuture(failure)));
    }

    /** Deploys; where the sink cannot be made now, it is taken down again instead of retried. */
    private Future<Void> deployMade(Stage stage, Export export) {
        return begin(stage, export)
                .compose(now -> now.verticle().made())
                .recover(
                        failure ->
                                undeploy(stage.repo(), export.name())
                                        .transform(down -> Future.failedFuture(failure)));
    }

    private static DeploymentOptions options(Export export) {
        return new DeploymentOptions()
                .setThreadingModel(
                        export.sink().capabilities().blocking()
                                ? ThreadingModel.WORKER
                                : ThreadingModel.EVENT_LOOP);
    }

    private SinkVerticle open(Stage stage, Export export) throws IOException {
        ExportSpec spec = export.spec();
        RepoName repo = stage.repo();
        Path state = directories.sinkStateOf(repo, spec.name());
        Files.createDirectories(state);
        RingCursor cursor = stage.ring().openCursor(spec.name(), export.beginning());
        try {
            DeadLetterStore letters =
                    DeadLetterStore.open(
                            directories.deadLettersOf(repo, spec.name()),
                            spec.deadLetters(),
                            cursor.position());
            SinkVerticle verticle =
                    new SinkVerticle(
                            new ExportParts(
                                    export,
                                    new SinkContext(vertx, repo, spec.name(), state, clock),
                                    placement,
                                    shares.apply(repo),
                                    stage.ring().epoch(),
                                    cursor,
                                    letters,
                                    patience,
                                    clock::millis,
                                    System::nanoTime));
            if (export.paused()) {
                verticle.pause(true);
            }
            return verticle;
        } catch (IOException | RuntimeException e) {
            cursor.close();
            throw e;
        }
    }

    @Override
    public Future<Void> onClosing(Stage stage) {
        List<Future<Void>> changes = new ArrayList<>();
        changing.forEach(
                (done, where) -> {
                    if (where == stage) {
                        changes.add(done.future());
                    }
                });
        return changes.isEmpty()
                ? undeployAll(stage)
                : Future.join(changes).transform(ended -> undeployAll(stage));
    }

    private Future<Void> undeployAll(Stage stage) {
        List<Future<Void>> stopped = new ArrayList<>();
        running.forEach(
                (key, export) -> {
                    if (export.stage() == stage) {
                        stopped.add(undeploy(key, export));
                    }
                });
        return Future.join(stopped).mapEmpty();
    }

    /** Stops one export; its cursor keeps its place. */
    public Future<Void> undeploy(RepoName repo, String export) {
        Key key = key(repo, export);
        Running now = running.get(key);
        return now == null ? Future.succeededFuture() : undeploy(key, now);
    }

    /**
     * Stops one export and forgets its place and its dead letters: what it has not delivered is
     * given up. What its sink keeps stays, since it may be of use to the target yet.
     */
    public Future<Void> forget(Stage stage, String export) {
        return undeploy(stage.repo(), export)
                .compose(
                        v ->
                                blocking(
                                        () -> {
                                            directories.deleteDeadLetters(stage.repo(), export);
                                            stage.ring().deleteCursor(export);
                                            return true;
                                        }))
                .mapEmpty();
    }

    private Future<Void> undeploy(Key key, Running export) {
        if (!running.remove(key, export)) {
            return Future.succeededFuture();
        }
        Promise<Void> stopped = Promise.promise();
        long timer =
                vertx.setTimer(
                        patience.undeployMs(),
                        id ->
                                stopped.tryFail(
                                        "export " + key + " is stuck in its sink and was left"));
        vertx.undeploy(export.deployment()).onComplete(stopped);
        return stopped.future()
                .onComplete(done -> vertx.cancelTimer(timer))
                .eventually(
                        () ->
                                blocking(
                                        () -> {
                                            closeParts(export.verticle().parts());
                                            return true;
                                        }));
    }

    private static void closeParts(ExportParts parts) {
        try {
            parts.cursor().close();
            parts.letters().close();
        } catch (IOException e) {
            LOG.warn("dead letters of {} did not close well", parts.subject(), e);
        }
    }

    @Override
    public void onOverBudget(Stage stage, String cursor, long releaseTo) {
        Running export = running.get(key(stage.repo(), cursor));
        if (export != null) {
            export.verticle().release(releaseTo);
        }
    }

    /** Starts no more deliveries until {@link #resume}; remembered by whoever calls. */
    public boolean pause(RepoName repo, String export) {
        return paused(repo, export, true);
    }

    /** Ends a pause. */
    public boolean resume(RepoName repo, String export) {
        return paused(repo, export, false);
    }

    private boolean paused(RepoName repo, String export, boolean now) {
        Running found = running.get(key(repo, export));
        if (found != null) {
            found.verticle().pause(now);
        }
        return found != null;
    }

    /** An export that runs, as it was told to. */
    public Optional<Export> running(RepoName repo, String export) {
        return Optional.ofNullable(running.get(key(repo, export)))
                .map(found -> found.verticle().parts().export());
    }

    /** The dead letters of a running export. */
    public Optional<DeadLetterStore> deadLetters(RepoName repo, String export) {
        return Optional.ofNullable(running.get(key(repo, export)))
                .map(found -> found.verticle().parts().letters());
    }

    /**
     * Delivers a dead letter again through the export's own sink, under the id it had. Delivered,
     * it counts as delivered instead of dead-lettered; else it stays.
     *
     * @return what the sink answered; empty when there is no such letter or export
     */
    public Future<Optional<Outcome>> replay(RepoName repo, String export, long letterId) {
        Running found = running.get(key(repo, export));
        if (found == null) {
            return Future.succeededFuture(Optional.empty());
        }
        DeadLetterStore store = found.verticle().parts().letters();
        return blocking(() -> store.find(letterId))
                .compose(
                        letter ->
                                letter.isEmpty()
                                        ? Future.succeededFuture(Optional.<Outcome>empty())
                                        : replay(found, store, letterId, letter.get()));
    }

    private Future<Optional<Outcome>> replay(
            Running export, DeadLetterStore store, long letterId, DeadLetter letter) {
        return export.verticle()
                .replay(letter)
                .compose(
                        outcome ->
                                outcome instanceof Outcome.Delivered
                                        ? blocking(
                                                        () ->
                                                                store.replayed(
                                                                        letterId,
                                                                        dropped(export, letter)))
                                                .map(outcome)
                                        : Future.succeededFuture(outcome))
                .map(Optional::of);
    }

    /** Records of a letter that the transforms drop, which no replay delivers. */
    private static int dropped(Running export, DeadLetter letter) {
        ExportSpec spec = export.verticle().parts().spec();
        return spec.transforms().isEmpty()
                ? 0
                : new LetterDelivery(letter, new ReadBuffers(spec.transforms())).dropped();
    }

    /**
     * What became of the batch at a position by each export that the repo has or had. Blocking.
     *
     * @param position of an entry of the stage's ring
     */
    public List<Fate> fates(Stage stage, long position) throws IOException {
        List<Fate> fates = new ArrayList<>();
        for (String export : stage.ring().cursors()) {
            Running found = running.get(key(stage.repo(), export));
            if (found == null || found.stage() != stage) {
                fates.add(Fate.unknown(export));
                continue;
            }
            ExportParts parts = found.verticle().parts();
            fates.add(
                    Fate.of(
                            parts.cursor(),
                            parts.letters(),
                            found.verticle().meter().settled(),
                            position));
        }
        return fates;
    }

    /** All running exports. */
    public List<ExportStats> stats() {
        return running.values().stream().map(this::stats).toList();
    }

    /** One running export. */
    public Optional<ExportStats> stats(RepoName repo, String export) {
        return Optional.ofNullable(running.get(key(repo, export))).map(this::stats);
    }

    private ExportStats stats(Running export) {
        ExportMeter meter = export.verticle().meter();
        ExportParts parts = export.verticle().parts();
        CursorStats cursor = parts.cursor().stats();
        DeadLetterStore letters = parts.letters();
        long settled =
                cursor.deliveredRecords() + cursor.deadLetteredRecords() + cursor.droppedRecords();
        long accepted = export.stage().ring().acceptedRecords() - cursor.baseRecords();
        return new ExportStats(
                parts.spec().repo(),
                parts.spec().name(),
                meter.state(),
                cursor.deliveredRecords() + letters.replayedRecords(),
                meter.deliveredBytes(),
                cursor.deadLetteredRecords() - letters.replayedRecords() - letters.droppedRecords(),
                cursor.droppedRecords() + letters.droppedRecords(),
                meter.deliveries(),
                meter.attempts(),
                meter.failures(),
                meter.inFlight(),
                Math.max(0, accepted - settled),
                cursor.lagBytes(),
                cursor.parkedBytes(),
                oldestAgeMs(meter.oldestOpenMs(), parts.cursor().oldestUntakenMs()),
                meter.lastError(),
                export.verticle().pressure().stats());
    }

    private long oldestAgeMs(long openMs, long untakenMs) {
        long oldestMs = openMs >= 0 ? openMs : untakenMs;
        return oldestMs < 0 ? 0 : Math.max(0, clock.millis() - oldestMs);
    }

    private <T> Future<T> blocking(Callable<T> task) {
        return vertx.executeBlocking(task, false);
    }

    private static Key key(RepoName repo, String export) {
        return new Key(repo, export);
    }
}
