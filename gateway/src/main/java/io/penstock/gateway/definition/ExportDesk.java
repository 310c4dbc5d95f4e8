package io.penstock.gateway.definition;

import io.penstock.exporter.deadletter.DeadLetterStore;
import io.penstock.exporter.fanout.Export;
import io.penstock.exporter.fanout.ExportSpec;
import io.penstock.exporter.fanout.FanOut;
import io.penstock.exporter.ring.Beginning;
import io.penstock.exporter.ring.Ring;
import io.penstock.exporter.ring.RingStats;
import io.penstock.exporter.ring.RingStats.CursorStats;
import io.penstock.exporter.stage.Stage;
import io.penstock.exporter.stage.StageState;
import io.penstock.gateway.config.ConfigException;
import io.penstock.gateway.config.ConfigFault;
import io.penstock.gateway.definition.LiveExports.Wanted;
import io.penstock.gateway.definition.Ruling.Deed;
import io.penstock.gateway.definition.Ruling.Deleted;
import io.penstock.gateway.definition.Ruling.Faulty;
import io.penstock.gateway.definition.Ruling.Refused;
import io.penstock.gateway.definition.Ruling.Settled;
import io.penstock.gateway.definition.Ruling.Why;
import io.penstock.gateway.definition.Ruling.WouldLose;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests about exports. Requests about one export are served one after another.
 *
 * <p>Threading: any thread.
 */
public final class ExportDesk {
    /** Exports made by request at the most. */
    public static final int MAX_EXPORTS = 1_000;

    /** Requests under way at once. */
    public static final int MAX_WAITING = 100;

    private static final Logger LOG = LoggerFactory.getLogger(ExportDesk.class);

    private final DeskParts parts;
    private final LiveExports exports;
    private final FanOut fanOut;
    private final ExportDefinitions definitions;
    private final Rollout rollout;
    private final Turns turns = new Turns(MAX_WAITING);

    /** Takes nothing before {@link #open}. */
    public ExportDesk(DeskParts parts, ExportDefinitions definitions) {
        this.parts = parts;
        this.exports = parts.exports();
        this.fanOut = parts.fanOut();
        this.definitions = definitions;
        this.rollout = new Rollout(parts);
        definitions.onChange(rollout);
    }

    /** Lets the catalog say what is defined, before any repo is open. Blocks. */
    public void begin() {
        rollout.begin(definitions.list());
    }

    /** From here on requests are taken. */
    public void open() {
        turns.open();
    }

    /** Takes no more; completes when those under way are done. */
    public Future<?> close() {
        return turns.close();
    }

    /**
     * Makes an export, or changes it.
     *
     * @param entry the keys of an item of {@code exports}; name and repo may be left out
     * @param beginning where one begins that has no cursor yet
     * @param dryRun whether to judge only
     */
    public Future<Ruling> put(
            ExportKey key, Map<String, Object> entry, Beginning beginning, boolean dryRun) {
        return dryRun
                ? blocking(() -> judge(key, entry, beginning).ruling)
                : inTurn(
                        key,
                        () ->
                                blocking(() -> judge(key, entry, beginning))
                                        .compose(judged -> keep(judged)));
    }

    /** A ruling, what is to be kept for it, if anything, and in place of what. */
    private record Judged(
            Ruling ruling,
            @Nullable ExportDefinition definition,
            @Nullable ExportDefinition before) {

        /** Nothing is to be kept. */
        Judged(Ruling ruling) {
            this(ruling, null, null);
        }

        static Judged refused(Why why, String message) {
            return new Judged(new Refused(why, message));
        }
    }

    private Judged judge(ExportKey key, Map<String, Object> entry, Beginning beginning) {
        if (exports.isConfigured(key)) {
            return Judged.refused(
                    Why.CONFIGURED,
                    "export "
                            + key
                            + " is the configuration's: change it in its file; a request"
                            + " may only pause it");
        }
        Wanted there = exports.wanted(key).filter(w -> w.definition().defines()).orElse(null);
        String full = there == null ? full(key) : "";
        if (!full.isEmpty()) {
            return Judged.refused(Why.FULL, full);
        }
        try {
            Map<String, Object> whole =
                    parts.form()
                            .unmasked(
                                    named(key, entry),
                                    there == null ? null : there.definition().entry());
            ExportSpec spec = parts.binder().spec(whole);
            boolean paused = there != null && there.definition().paused();
            Beginning from = there == null ? beginning : there.definition().beginning();
            Export export = new Export(spec, parts.binder().sink(spec), from, paused);
            return judged(there, export, new ExportDefinition(key, whole, from, paused));
        } catch (ConfigException faulty) {
            return new Judged(new Faulty(faulty.faults()));
        }
    }

    private Judged judged(@Nullable Wanted there, Export export, ExportDefinition definition) {
        if (there == null) {
            // a pause that outlived an export of the configuration
            ExportDefinition left =
                    exports.wanted(definition.key()).map(Wanted::definition).orElse(null);
            return new Judged(new Settled(Deed.CREATED, List.of(), export), definition, left);
        }
        Export old = there.export();
        List<String> differences =
                old == null ? List.of() : parts.form().differences(old.spec(), export.spec());
        // what ${...} stands for may have changed, too
        boolean same = old != null && differences.isEmpty() && old.sink().equals(export.sink());
        return same
                ? new Judged(new Settled(Deed.NOTHING, List.of(), export))
                : new Judged(
                        new Settled(Deed.CHANGED, differences, export),
                        definition,
                        there.definition());
    }

    private String full(ExportKey key) {
        if (exports.requested().size() >= MAX_EXPORTS) {
            return MAX_EXPORTS + " exports were made by request, and no more may be";
        }
        Stage stage = parts.stages().find(key.repo()).orElse(null);
        List<String> cursors =
                stage == null || stage.state() != StageState.ACTIVE
                        ? List.of()
                        : stage.ring().cursors();
        return cursors.size() >= Ring.MAX_CURSORS && !cursors.contains(key.export())
                ? "repo " + key.repo() + " has " + Ring.MAX_CURSORS + " exports, and no more may be"
                : "";
    }

    private static Map<String, Object> named(ExportKey key, Map<String, Object> entry)
            throws ConfigException {
        Map<String, Object> named = new LinkedHashMap<>(entry);
        requireSame(named, "name", key.export());
        requireSame(named, "repo", key.repo().value());
        return named;
    }

    private static void requireSame(Map<String, Object> entry, String name, String path)
            throws ConfigException {
        Object stated = entry.putIfAbsent(name, path);
        if (stated != null && !stated.equals(path)) {
            throw new ConfigException(
                    List.of(
                            new ConfigFault(
                                    "request",
                                    name,
                                    "is '" + stated + "' here and '" + path + "' in the path")));
        }
    }

    private Future<Ruling> keep(Judged judged) {
        ExportDefinition definition = judged.definition;
        if (definition == null) {
            return Future.succeededFuture(judged.ruling);
        }
        return definitions
                .put(definition, judged.before)
                .map(judged.ruling)
                .onSuccess(
                        done ->
                                LOG.info(
                                        "by request: export {} {}",
                                        definition.key(),
                                        said(judged.ruling)))
                .recover(failure -> Future.succeededFuture(ruling(failure)));
    }

    private static String said(Ruling ruling) {
        return ruling instanceof Settled settled
                ? settled.deed() + " " + settled.differences()
                : String.valueOf(ruling);
    }

    private static Ruling ruling(Throwable failure) {
        if (failure instanceof ConfigException faulty) {
            return new Faulty(faulty.faults());
        } else if (failure instanceof SinkFailedException sink) {
            return new Faulty(
                    List.of(
                            new ConfigFault(
                                    "request",
                                    "sink",
                                    "the sink cannot be made: " + sink.getMessage())));
        }
        if (failure instanceof NotKeptException refused) {
            return new Refused(refused.why(), String.valueOf(refused.getMessage()));
        }
        LOG.warn("a request about an export is not done", failure);
        return new Refused(Why.UNAVAILABLE, "not now: " + failure.getMessage());
    }

    /** Starts no more deliveries, or starts them again; over restarts. */
    public Future<Ruling> pause(ExportKey key, boolean paused) {
        return inTurn(key, () -> blocking(() -> judgePause(key, paused)).compose(this::keepPause));
    }

    private Judged judgePause(ExportKey key, boolean paused) {
        Export export = known(key).orElse(null);
        if (export == null) {
            return Judged.refused(Why.UNKNOWN, "there is no export " + key);
        }
        ExportDefinition before = exports.wanted(key).map(Wanted::definition).orElse(null);
        ExportDefinition kept = before == null ? ExportDefinition.pause(key, false) : before;
        return kept.paused() == paused
                ? new Judged(new Settled(Deed.NOTHING, List.of(), export))
                : new Judged(
                        new Settled(Deed.CHANGED, List.of("paused"), export.paused(paused)),
                        kept.paused(paused),
                        before);
    }

    private Future<Ruling> keepPause(Judged judged) {
        ExportDefinition definition = judged.definition;
        ExportDefinition before = judged.before;
        if (definition == null || before == null || definition.defines() || definition.paused()) {
            return keep(judged);
        }
        return definitions // nothing is left to say about an export of the configuration
                .remove(before)
                .map(judged.ruling)
                .recover(failure -> Future.succeededFuture(ruling(failure)));
    }

    /** An export that is defined, of a repo that is there or that only it names. */
    public Optional<Export> known(ExportKey key) {
        return exports.find(key)
                .filter(
                        export ->
                                exports.wanted(key).isPresent()
                                        || parts.directories().exists(key.repo())
                                        || parts.binder().names(key));
    }

    /**
     * Deletes an export that was made by request, or what is left of one that nobody defines.
     *
     * @param force whether to give up what it has not delivered
     */
    public Future<Ruling> delete(ExportKey key, boolean force) {
        if (exports.isConfigured(key)) {
            return Future.succeededFuture(
                    new Refused(
                            Why.CONFIGURED,
                            "export " + key + " is the configuration's: take it out of its file"));
        }
        return inTurn(
                key,
                () ->
                        rollout.open(key.repo())
                                .compose(stage -> delete(key, stage.orElse(null), force))
                                .recover(failure -> Future.succeededFuture(ruling(failure))));
    }

    private Future<Ruling> delete(ExportKey key, @Nullable Stage stage, boolean force) {
        ExportDefinition defined = exports.wanted(key).map(Wanted::definition).orElse(null);
        boolean kept = stage != null && stage.ring().cursors().contains(key.export());
        if (defined == null && !kept) {
            return Future.succeededFuture(new Refused(Why.UNKNOWN, "there is no export " + key));
        }
        return blocking(() -> stage == null || !kept ? Loss.NOTHING : loss(stage, key))
                .compose(
                        here ->
                                defined == null
                                        ? Future.succeededFuture(here)
                                        : parts.elsewhere().losing(key).map(here::plus))
                .compose(
                        loss -> {
                            if (!force && !loss.isNothing()) {
                                return Future.succeededFuture(new WouldLose(loss));
                            }
                            return forget(key, defined, kept ? stage : null)
                                    .<Ruling>map(new Deleted(loss))
                                    .onSuccess(
                                            done ->
                                                    LOG.info(
                                                            "by request: export {} is deleted, {}"
                                                                    + " given up",
                                                            key,
                                                            loss));
                        });
    }

    /** The definition first: a death in between leaves something that can be deleted again. */
    private Future<Void> forget(
            ExportKey key, @Nullable ExportDefinition defined, @Nullable Stage stage) {
        Future<Void> undefined =
                defined == null ? Future.succeededFuture() : definitions.remove(defined);
        return stage == null
                ? undefined
                : undefined.compose(v -> fanOut.forget(stage, key.export()));
    }

    private Loss loss(Stage stage, ExportKey key) throws IOException {
        RingStats ring = stage.ring().stats();
        for (CursorStats cursor : ring.cursors()) {
            if (cursor.name().equals(key.export())) {
                long settled =
                        cursor.deliveredRecords()
                                + cursor.deadLetteredRecords()
                                + cursor.droppedRecords();
                long records = ring.acceptedRecords() - cursor.baseRecords() - settled;
                return new Loss(Math.max(0, records), cursor.lagBytes(), deadLetters(key));
            }
        }
        return Loss.NOTHING;
    }

    private long deadLetters(ExportKey key) throws IOException {
        Optional<DeadLetterStore> running = fanOut.deadLetters(key.repo(), key.export());
        if (running.isPresent()) {
            return running.get().heldRecords();
        }
        Path files = parts.directories().deadLettersOf(key.repo(), key.export());
        if (!Files.isDirectory(files)) {
            return 0;
        }
        try (DeadLetterStore store = DeadLetterStore.look(files)) {
            return store.heldRecords();
        }
    }

    private Future<Ruling> inTurn(ExportKey key, Supplier<Future<Ruling>> deed) {
        return turns.take(key, deed)
                .orElseGet(
                        () ->
                                Future.succeededFuture(
                                        new Refused(
                                                Why.UNAVAILABLE,
                                                "the node starts, stops, or has too many requests"
                                                        + " under way")));
    }

    private <T> Future<T> blocking(Callable<T> task) {
        return parts.vertx().executeBlocking(task, false);
    }
}
