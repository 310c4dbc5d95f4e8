package io.penstock.gateway.definition;

import io.penstock.exporter.fanout.Export;
import io.penstock.exporter.fanout.ExportSpec;
import io.penstock.exporter.fanout.FanOut;
import io.penstock.exporter.stage.RepoDirectories;
import io.penstock.exporter.stage.Stage;
import io.penstock.exporter.stage.StageRegistry;
import io.penstock.exporter.stage.StageState;
import io.penstock.gateway.config.ConfigException;
import io.penstock.gateway.definition.LiveExports.Wanted;
import io.penstock.model.RepoName;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the fan-out run by the definitions, at the start and at every change.
 *
 * <p>Threading: any thread; changes of one export must follow one another.
 */
final class Rollout implements ExportDefinitions.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Rollout.class);

    private final Vertx vertx;
    private final LiveExports exports;
    private final ExportBinder binder;
    private final StageRegistry stages;
    private final FanOut fanOut;
    private final RepoDirectories directories;

    Rollout(DeskParts parts) {
        this.vertx = parts.vertx();
        this.exports = parts.exports();
        this.binder = parts.binder();
        this.stages = parts.stages();
        this.fanOut = parts.fanOut();
        this.directories = parts.directories();
    }

    /** Before any repo is open; blocks. What cannot run is logged and stays defined. */
    void begin(List<ExportDefinition> definitions) {
        for (ExportDefinition definition : definitions) {
            ExportKey key = definition.key();
            Wanted wanted = new Wanted(definition, null, "");
            if (definition.defines() && exports.isConfigured(key)) {
                LOG.warn("export {} made by request is hidden by one of the configuration", key);
            } else if (definition.defines()) {
                wanted = bound(definition);
            }
            exports.set(key, wanted);
        }
    }

    private Wanted bound(ExportDefinition definition) {
        try {
            return bind(definition);
        } catch (ConfigException faulty) {
            LOG.error(
                    "export {} made by request cannot run; its data is kept: {}",
                    definition.key(),
                    faulty.getMessage());
            return new Wanted(definition, null, String.valueOf(faulty.getMessage()));
        }
    }

    private Wanted bind(ExportDefinition definition) throws ConfigException {
        ExportSpec spec = binder.spec(definition.entry());
        Export export =
                new Export(spec, binder.sink(spec), definition.beginning(), definition.paused());
        return new Wanted(definition, export, "");
    }

    @Override
    public Future<Void> changed(
            @Nullable ExportDefinition before, @Nullable ExportDefinition after) {
        if (after == null) {
            return before == null ? Future.succeededFuture() : removed(before);
        }
        ExportKey key = after.key();
        if (!after.defines() || exports.isConfigured(key)) {
            exports.set(key, new Wanted(after, null, ""));
            return pause(key, after.paused());
        }
        return blocking(() -> bind(after))
                .compose(
                        wanted -> {
                            Wanted old = exports.set(key, wanted);
                            boolean defined = before != null && before.defines();
                            boolean same =
                                    before != null
                                            && before.entry().equals(after.entry())
                                            && old != null
                                            && old.export() != null;
                            Future<Void> rolled =
                                    same
                                            ? pause(key, after.paused())
                                            : roll(wanted.export(), !defined);
                            return rolled.onFailure(failed -> exports.set(key, old));
                        });
    }

    /** Nothing is delivered by what it was before: its target may be the wrong one by now. */
    @Override
    public Future<Void> faulty(ExportDefinition definition, Throwable why) {
        ExportKey key = definition.key();
        String fault = String.valueOf(why.getMessage());
        boolean isKnown =
                exports.wanted(key).filter(wanted -> wanted.fault().equals(fault)).isPresent();
        exports.set(key, new Wanted(definition, null, fault));
        if (!isKnown) {
            LOG.error(
                    "export {} cannot run on this node as it was asked for; its data is kept: {}",
                    key,
                    fault);
        }
        return fanOut.undeploy(key.repo(), key.export());
    }

    private Future<Void> removed(ExportDefinition before) {
        ExportKey key = before.key();
        exports.set(key, null);
        if (!before.defines() || exports.isConfigured(key)) {
            return pause(key, false);
        }
        return open(key.repo())
                .compose(
                        stage ->
                                stage.isEmpty()
                                        ? Future.succeededFuture()
                                        : fanOut.forget(stage.get(), key.export()));
    }

    /** The catalog says it to repos that open from here on; those that are open are told. */
    private Future<Void> pause(ExportKey key, boolean paused) {
        return opened(key.repo())
                .map(
                        stage -> {
                            if (paused) {
                                fanOut.pause(key.repo(), key.export());
                            } else {
                                fanOut.resume(key.repo(), key.export());
                            }
                            return null;
                        });
    }

    /** A new export of a repo that is there is begun now, so that "now" is now. */
    private Future<Void> roll(@Nullable Export export, boolean fresh) {
        if (export == null) {
            return Future.succeededFuture();
        }
        RepoName repo = export.spec().repo();
        return (fresh ? open(repo) : opened(repo))
                .compose(
                        stage ->
                                stage.isEmpty()
                                        ? Future.succeededFuture()
                                        : settle(stage.get(), export));
    }

    private Future<Void> settle(Stage stage, Export export) {
        String name = export.spec().name();
        Export running = fanOut.running(stage.repo(), name).orElse(null);
        if (running != null
                && running.spec().equals(export.spec())
                && running.sink().equals(export.sink())) {
            return pause(new ExportKey(stage.repo(), name), export.paused());
        }
        boolean known = stage.ring().cursors().contains(name);
        return fanOut.change(stage, export)
                .recover(
                        failure -> {
                            Future<Void> undone =
                                    known ? Future.succeededFuture() : fanOut.forget(stage, name);
                            return undone.transform(
                                    done -> Future.failedFuture(reason(stage, failure)));
                        });
    }

    private static Throwable reason(Stage stage, Throwable failure) {
        return failure instanceof IOException || stage.state() != StageState.ACTIVE
                ? failure
                : new SinkFailedException(failure);
    }

    /** The stage of a repo that is on this node; opened where it is not. */
    Future<Optional<Stage>> open(RepoName repo) {
        return blocking(() -> directories.exists(repo))
                .compose(
                        there ->
                                there
                                        ? stages.open(repo).map(Optional::of)
                                        : Future.succeededFuture(Optional.empty()));
    }

    /** The stage of a repo that is open, or is being opened by what the catalog said before. */
    private Future<Optional<Stage>> opened(RepoName repo) {
        Stage stage = stages.find(repo).orElse(null);
        if (stage == null
                || (stage.state() != StageState.ACTIVE && stage.state() != StageState.OPENING)) {
            return Future.succeededFuture(Optional.empty());
        }
        return stages.open(repo).map(Optional::of).otherwise(Optional.empty());
    }

    private <T> Future<T> blocking(Callable<T> task) {
        return vertx.executeBlocking(task, false);
    }
}
