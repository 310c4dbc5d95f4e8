package io.penstock.gateway.ingest;

import io.penstock.gateway.guard.GuardConfig;
import io.penstock.gateway.guard.GuardedPorts;
import io.penstock.model.Tls;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A data port over a {@link FakeIntake}, for tests. */
public final class DataPort implements AutoCloseable {
    private static final long WAIT_SECONDS = 20;

    private final Vertx vertx = GuardedPorts.vertx();
    private final FakeIntake intake = new FakeIntake();
    // Vert.x closes a client that nobody refers to, with the calls that are under way.
    private final List<HttpClient> clients = new CopyOnWriteArrayList<>();
    private final IngressNode node;
    private final String deployment;

    /** Opens a data port with these limits. */
    public DataPort(IngressConfig config, int instances, List<Function<Lane, Transport>> kinds) {
        node = new IngressNode("node-1", config);
        deployment =
                await(
                        vertx.deployVerticle(
                                () -> new IngressVerticle(node, () -> intake, kinds),
                                new DeploymentOptions().setInstances(instances)));
    }

    /** Limits small enough to be reached in a test. */
    public static IngressConfig small() {
        return small(10_000);
    }

    /** The same for tests in which clients stop: how long is waited for them. */
    public static IngressConfig small(long bodyTimeoutMs) {
        return small(bodyTimeoutMs, 64, GuardConfig.DEFAULT);
    }

    /** The same for tests of connections. */
    public static IngressConfig small(long bodyTimeoutMs, int connections, GuardConfig guard) {
        return new IngressConfig(
                "127.0.0.1",
                0,
                1,
                1 << 20,
                4 << 20,
                64 << 10,
                100,
                4 << 20,
                connections,
                64,
                4 << 20,
                256 << 10,
                16 << 10,
                20_000,
                bodyTimeoutMs,
                Tls.OFF,
                guard);
    }

    /** The intake of all lanes. */
    public FakeIntake intake() {
        return intake;
    }

    /** The shared part. */
    public IngressNode node() {
        return node;
    }

    /** For clients. */
    public Vertx vertx() {
        return vertx;
    }

    /** Where it listens. */
    public int port() {
        return node.port();
    }

    /** A client that talks HTTP/2 from the first byte, or HTTP/1.1. */
    public HttpClient client(HttpVersion version) {
        HttpClient client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setProtocolVersion(version)
                                .setHttp2ClearTextUpgrade(false)
                                .setDefaultHost("127.0.0.1")
                                .setDefaultPort(port()));
        clients.add(client);
        return client;
    }

    /** Begins to stop listening; tells {@code failed} when that goes wrong. */
    public void undeploy(Promise<Void> failed) {
        vertx.undeploy(deployment).onFailure(failed::tryFail);
    }

    /** Waits for a future. */
    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Waits for a condition. */
    public static void awaitUntil(String what, BooleanSupplier condition) {
        long until = System.nanoTime() + Duration.ofSeconds(WAIT_SECONDS).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("waited in vain: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
