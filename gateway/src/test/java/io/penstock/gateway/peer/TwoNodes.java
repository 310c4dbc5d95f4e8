package io.penstock.gateway.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.pressure.RateConfig;
import io.penstock.exporter.relay.ExportName;
import io.penstock.exporter.relay.ForwardedExports;
import io.penstock.exporter.relay.Holdings;
import io.penstock.exporter.relay.Peer;
import io.penstock.exporter.relay.Permit;
import io.penstock.exporter.relay.RelayCounters;
import io.penstock.exporter.relay.TargetSpec;
import io.penstock.exporter.sink.Capabilities;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Keeping;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.gateway.tls.TlsPort;
import io.penstock.model.RepoName;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A node that stages and a node that owns, over a real connection; the target is the test's. */
final class TwoNodes implements AutoCloseable {
    static final ExportName EXPORT = new ExportName(new RepoName("repo"), "export");
    private static final long PATIENCE_MS = 20_000;
    private static final long LOOK_NS = 1_000_000;
    private static final long MAX_BYTES = 16 << 20;

    final Vertx vertx = Vertx.vertx();
    final Holdings holdings = new Holdings();
    final RelayCounters sent = new RelayCounters();
    final RelayCounters taken = new RelayCounters();
    final PeerLinks links;
    private final PeerSecret wanted;
    private final Context staging = vertx.getOrCreateContext();
    private final ForwardedExports exports;
    private final TlsPort ofOwner;
    private @Nullable String deployment;
    volatile int port;
    volatile boolean isOwner = true;
    volatile Function<Delivery, Future<Outcome>> script =
            any -> Future.succeededFuture(Outcome.DELIVERED);

    TwoNodes(Path directory) {
        this(directory, TlsPort.off(), TlsPort.off());
    }

    /** The same, with TLS of the one that stages and of the owner. */
    TwoNodes(Path directory, TlsPort ofStaging, TlsPort ofOwner) {
        this(directory, new Side(PeerSecret.NONE, ofStaging), new Side(PeerSecret.NONE, ofOwner));
    }

    /** One shows a secret, the other wants one. */
    TwoNodes(Path directory, PeerSecret shown, PeerSecret wanted) {
        this(directory, new Side(shown, TlsPort.off()), new Side(wanted, TlsPort.off()));
    }

    /** How a node makes itself known, or knows others. */
    private record Side(PeerSecret secret, TlsPort tls) {}

    private TwoNodes(Path directory, Side staging, Side owner) {
        this.wanted = owner.secret();
        this.ofOwner = owner.tls();
        exports =
                new ForwardedExports(
                        new ForwardedExports.Settings(
                                vertx,
                                "b",
                                directory,
                                Clock.systemUTC(),
                                name -> Optional.of(target()),
                                MAX_BYTES),
                        holdings,
                        taken);
        links =
                new PeerLinks("a", new Table(), sent, MAX_BYTES, staging.tls())
                        .showing(staging.secret());
        await(vertx.deployVerticle(links));
        listen();
        own();
    }

    /** One task, with a lease that does not end. */
    void own() {
        holdings.start(
                EXPORT,
                0,
                new Permit() {
                    @Override
                    public boolean mayDeliver() {
                        return true;
                    }

                    @Override
                    public void stopped() {}
                });
    }

    private TargetSpec target() {
        return new TargetSpec(
                new Capabilities(true, false, false),
                Keeping.NOTHING,
                64,
                RateConfig.none(),
                10_000,
                this::sink);
    }

    private Sink sink(SinkContext surroundings) {
        return new Sink() {
            @Override
            public Future<Outcome> deliver(Delivery delivery) {
                return script.apply(delivery);
            }

            @Override
            public Future<Void> close() {
                return Future.succeededFuture();
            }
        };
    }

    /** The owner's port opens; the same one if it was open before. */
    void listen() {
        deployment =
                await(
                        vertx.deployVerticle(
                                new PeerServer(
                                                "127.0.0.1",
                                                port,
                                                exports,
                                                new Table(),
                                                bound -> port = bound,
                                                ofOwner)
                                        .guardedBy(wanted)));
    }

    /** The owner's port closes, with the connections to it. */
    void shut() {
        await(vertx.undeploy(deployment));
    }

    /** The staging node hands a delivery over. */
    Future<Outcome> deliver(Delivery delivery) {
        Peer owner = new Peer("b", "127.0.0.1:" + port);
        Promise<Outcome> promise = Promise.promise();
        staging.runOnContext(v -> links.deliver(owner, delivery).onComplete(promise));
        return promise.future();
    }

    /** Version 3/7, and b has the export as long as the test says so. */
    private final class Table implements Owners {
        @Override
        public @Nullable Peer owner(ExportName export, long key) {
            return null;
        }

        @Override
        public boolean isWith(ExportName export, String node) {
            return isOwner;
        }

        @Override
        public TableVersion version() {
            return new TableVersion(3, 7);
        }
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("not done in time", late);
        }
    }

    static void until(BooleanSupplier condition) {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("came true in time").isLessThan(endNs);
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
