package io.penstock.gateway.endtoend;

import io.penstock.exporter.record.Encoding;
import io.penstock.gateway.client.HttpPushClient;
import io.penstock.gateway.client.ProducerIdentity;
import io.penstock.gateway.client.PushCall.Batch;
import io.penstock.gateway.client.Pusher;
import io.penstock.model.AckLevel;
import io.penstock.model.RepoName;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Pushes numbers at one node, some batches a second, until it is told to end. */
final class SteadyPush implements AutoCloseable {
    private static final int EACH = 10;
    private static final long BETWEEN_MS = 10;
    private static final long PATIENCE_MS = 90_000;

    private final Vertx vertx = Vertx.vertx();
    private final int from;
    private final Pusher pusher;
    private final Thread thread = new Thread(this::run, "steady-push");
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private volatile boolean ends;

    /** Numbers begin at {@code from}. */
    SteadyPush(int port, String repo, int from) {
        this.from = from;
        this.pusher =
                new Pusher(
                        vertx,
                        new HttpPushClient(
                                vertx, SocketAddress.inetSocketAddress(port, "127.0.0.1")),
                        new Pusher.Terms(
                                new RepoName(repo),
                                ProducerIdentity.fresh(),
                                AckLevel.STAGED,
                                8,
                                PATIENCE_MS),
                        ns -> {});
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        @Nullable Exception failure = null;
        int next = from;
        try {
            while (!ends) {
                StringBuilder lines = new StringBuilder();
                for (int i = 0; i < EACH; i++) {
                    lines.append("{\"n\":").append(next++).append("}\n");
                }
                byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
                pusher.push(new Batch(Encoding.NDJSON, body, EACH));
                TimeUnit.MILLISECONDS.sleep(BETWEEN_MS);
            }
            pusher.finish();
        } catch (Exception cause) {
            failure = cause;
        }
        if (failure == null) {
            end.complete(next);
        } else {
            end.completeExceptionally(failure);
        }
    }

    /** Ends, and waits until everything is acknowledged; the number behind the last one. */
    int finish() throws Exception {
        ends = true;
        return end.get(2 * PATIENCE_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        ends = true;
        thread.interrupt();
        vertx.close();
    }
}
