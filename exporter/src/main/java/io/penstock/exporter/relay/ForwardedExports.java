package io.penstock.exporter.relay;

import io.penstock.exporter.sink.Keeping;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.SinkContext;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what other nodes staged, for the exports that this node owns: a real sink for each that
 * is in use, beside the one that fan-out has for what is staged here.
 *
 * <p>Threading: any thread.
 */
public final class ForwardedExports {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardedExports.class);

    /** Ring of a sink that takes what comes from all. */
    private static final long EVERY_RING = 0;

    private static final int HEX = 16;

    /** Directories of a sink's: repo, export, ring. */
    private static final int DEPTH = 3;

    /** A sink that nobody used for so long is closed. */
    static final long IDLE_NS = TimeUnit.MINUTES.toNanos(1);

    private static final long LOOK_MS = 10_000;

    /** One export may hold this part of the node's bytes. */
    private static final int EXPORT_SHARE = 4;

    private static final Outcome NO_ROOM =
            new Outcome.Retry(
                    Outcome.Retry.BACK_OFF,
                    "the export's owner holds as many bytes of others as it may",
                    Outcome.Cause.BUSY);

    private final Settings settings;
    private final Holdings holdings;
    private final RelayCounters counters;
    private final ByteBudget budget;
    private final Map<ExportName, TargetSpec> known = new ConcurrentHashMap<>();
    private final Map<Key, Place> places = new ConcurrentHashMap<>();
    private final long timer;

    /**
     * What it needs to make sinks.
     *
     * @param node name of this node
     * @param directory for what sinks keep; made when the first is
     * @param specs the exports of the configuration
     * @param maxBytes most bytes of deliveries that came from others and are not settled
     */
    public record Settings(
            Vertx vertx,
            String node,
            Path directory,
            Clock clock,
            Function<ExportName, Optional<TargetSpec>> specs,
            long maxBytes) {}

    /**
     * What has a sink of its own.
     *
     * @param ring epoch of the ring from which its deliveries come, if it keeps what rests on that;
     *     a sink that keeps nothing serves all
     */
    private record Key(ExportName export, long ring) {}

    /** The sink of an export, from the moment it is asked for until it has closed. */
    private final class Place implements Tenant {
        private final Key key;
        private final TargetSpec spec;
        private final ByteBudget bytes = new ByteBudget(settings.maxBytes / EXPORT_SHARE);
        private final Promise<ForwardedSink> ready = Promise.promise();
        private volatile boolean ends;

        Place(Key key, TargetSpec spec) {
            this.key = key;
            this.spec = spec;
        }

        @Override
        public void begin() {
            // made when it is used
        }

        @Override
        public Future<Void> end(boolean atOnce) {
            ends = true;
            return ready.future().compose(sink -> sink.end(atOnce)).otherwiseEmpty();
        }
    }

    /** Nothing is open yet. */
    public ForwardedExports(Settings settings, Holdings holdings, RelayCounters counters) {
        this.settings = settings;
        this.holdings = holdings;
        this.counters = counters;
        this.budget = new ByteBudget(settings.maxBytes);
        this.timer = settings.vertx.setPeriodic(LOOK_MS, now -> closeUnused());
    }

    /**
     * Takes a delivery of another node.
     *
     * @param bytes that it holds in memory
     * @param isWanted whether whoever sent it would still hear of it
     * @return what became of it; never fails, and completes on any thread
     */
    public Future<Outcome> offer(RemoteDelivery delivery, long bytes, BooleanSupplier isWanted) {
        ExportName export = new ExportName(delivery.id().repo(), delivery.id().export());
        if (!holdings.mayDeliver(export)) {
            counters.notOwner();
            return Future.succeededFuture(Away.NOT_OWNER);
        }
        TargetSpec spec = spec(export);
        if (spec == null) {
            return Future.succeededFuture(
                    new Outcome.Retry(
                            Outcome.Retry.BACK_OFF,
                            "export " + export + " is not configured at its owner"));
        }
        long ring = spec.keeps() == Keeping.NOTHING ? EVERY_RING : delivery.id().epoch();
        Place place = places.computeIfAbsent(new Key(export, ring), key -> open(key, spec));
        if (place.ends) {
            return Future.succeededFuture(Away.CHANGING);
        }
        if (!place.bytes.take(bytes)) {
            return Future.succeededFuture(NO_ROOM);
        }
        if (!budget.take(bytes)) {
            place.bytes.release(bytes);
            return Future.succeededFuture(NO_ROOM);
        }
        return place.ready
                .future()
                .compose(sink -> sink.offer(delivery, bytes, isWanted))
                .otherwise(ForwardedExports::cannotBeMade)
                .onComplete(
                        done -> {
                            place.bytes.release(bytes);
                            budget.release(bytes);
                        });
    }

    private static Outcome cannotBeMade(Throwable cause) {
        return new Outcome.Retry(
                Outcome.Retry.BACK_OFF,
                "the owner of the export cannot make its sink: " + cause.getMessage());
    }

    private @Nullable TargetSpec spec(ExportName export) {
        TargetSpec found = known.get(export);
        if (found == null) {
            found = settings.specs.apply(export).orElse(null);
            if (found != null) {
                known.put(export, found);
            }
        }
        return found;
    }

    private Place open(Key key, TargetSpec spec) {
        Place place = new Place(key, spec);
        settings.vertx
                .executeBlocking(() -> prepare(place), false)
                .compose(
                        sink ->
                                settings.vertx
                                        .deployVerticle(sink, options(sink.isBlocking()))
                                        .map(deployment -> opened(place, sink, deployment)))
                .onComplete(
                        (sink, fault) -> {
                            if (fault == null) {
                                begun(place, sink);
                            } else {
                                LOG.warn("the sink of export {} cannot be made", key.export, fault);
                                places.remove(key, place);
                                place.ready.fail(fault);
                            }
                        });
        return place;
    }

    private void begun(Place place, ForwardedSink sink) {
        holdings.attach(place.key.export, place);
        place.ready.complete(sink);
        // the task may have gone before the sink was there to hear of it
        if (!holdings.mayDeliver(place.key.export)) {
            place.end(false);
        }
    }

    private ForwardedSink opened(Place place, ForwardedSink sink, String deployment) {
        sink.closed()
                .onComplete(
                        over -> {
                            holdings.detach(place.key.export, place);
                            settings.vertx
                                    .undeploy(deployment)
                                    .onComplete(gone -> places.remove(place.key, place));
                        });
        return sink;
    }

    private ForwardedSink prepare(Place place) throws IOException {
        ExportName export = place.key.export;
        String ring = Long.toHexString(place.key.ring);
        Path state = directory(export).resolve(ring);
        Files.createDirectories(state);
        SinkContext surroundings =
                new SinkContext(
                        settings.vertx,
                        export.repo(),
                        export.export(),
                        state,
                        settings.clock,
                        "forwarded." + settings.node + "." + ring);
        return new ForwardedSink(export, place.spec, surroundings, holdings, counters);
    }

    private Path directory(ExportName export) {
        return settings.directory.resolve(export.repo().value()).resolve(export.export());
    }

    /**
     * Has sinks publish what they called delivered before this node died. It is due whoever has the
     * exports now, and in nobody's way.
     */
    public Future<Void> publishLeft() {
        return settings.vertx
                .executeBlocking(this::left, false)
                .onSuccess(
                        keys -> {
                            for (Key key : keys) {
                                TargetSpec spec = spec(key.export);
                                if (spec != null && spec.keeps() == Keeping.RECORDS) {
                                    places.computeIfAbsent(key, fresh -> open(fresh, spec));
                                }
                            }
                        })
                .mapEmpty();
    }

    /** The sinks that have files: repo, export and ring are the names of directories. */
    private List<Key> left() throws IOException {
        if (!Files.isDirectory(settings.directory)) {
            return List.of();
        }
        try (Stream<Path> trees =
                Files.find(settings.directory, DEPTH, (path, what) -> what.isDirectory())) {
            return trees.map(settings.directory::relativize)
                    .filter(path -> path.getNameCount() == DEPTH)
                    .flatMap(path -> key(path).stream())
                    .toList();
        }
    }

    private static Optional<Key> key(Path path) {
        String repo = path.getName(0).toString();
        String export = path.getName(1).toString();
        if (!RepoName.fault(repo).isEmpty()) {
            return Optional.empty();
        }
        try {
            long ring = Long.parseUnsignedLong(path.getName(2).toString(), HEX);
            return Optional.of(new Key(new ExportName(new RepoName(repo), export), ring));
        } catch (NumberFormatException foreign) {
            return Optional.empty();
        }
    }

    private static DeploymentOptions options(boolean blocking) {
        return new DeploymentOptions()
                .setThreadingModel(blocking ? ThreadingModel.WORKER : ThreadingModel.EVENT_LOOP);
    }

    private void closeUnused() {
        long nowNs = System.nanoTime();
        for (Place place : places.values()) {
            ForwardedSink sink = place.ready.future().result();
            if (sink != null && !place.ends && sink.isUnused(IDLE_NS, nowNs)) {
                place.end(false);
            }
        }
    }

    /**
     * Has an export made anew with its next delivery, by what the configuration says then: it was
     * changed or is gone.
     *
     * @return completes when the sinks of before have let go of the target
     */
    public Future<Void> forget(ExportName export) {
        known.remove(export);
        holdings.forgetRate(export);
        List<Future<Void>> ends =
                places.values().stream()
                        .filter(place -> place.key.export.equals(export))
                        .map(place -> place.end(false))
                        .toList();
        return Future.join(ends).mapEmpty();
    }

    /** Bytes of others that are held now. */
    public long heldBytes() {
        return budget.heldBytes();
    }

    /** Closes everything that is open; waits for what is under way, up to a bound. */
    public Future<Void> close() {
        settings.vertx.cancelTimer(timer);
        List<Future<Void>> ends = places.values().stream().map(place -> place.end(false)).toList();
        return Future.join(ends).mapEmpty();
    }
}
