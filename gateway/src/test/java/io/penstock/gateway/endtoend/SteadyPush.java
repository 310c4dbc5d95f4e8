package io.penstock.gateway.endtoend;

import io.penstock.client.Batch;
import io.penstock.client.Form;
import io.penstock.client.PenstockClient;
import io.penstock.client.Pusher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Pushes numbers at one node, some batches a second, until it is told to end. */
final class SteadyPush implements AutoCloseable {
    private static final int EACH = 10;
    private static final long BETWEEN_MS = 10;
    private static final long PATIENCE_MS = 90_000;

    private final PenstockClient client;
    private final int from;
    private final Pusher pusher;
    private final Thread thread = new Thread(this::run, "steady-push");
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private volatile boolean ends;

    /** Numbers begin at {@code from}. */
    SteadyPush(int port, String repo, int from) {
        this.from = from;
        this.client =
                PenstockClient.builder()
                        .endpoint("127.0.0.1:" + port)
                        .deadline(Duration.ofMillis(PATIENCE_MS))
                        .followOwners(false)
                        .close(Duration.ZERO)
                        .build();
        this.pusher = new Pusher(client, repo);
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
                pusher.push(new Batch(Form.NDJSON, body, EACH));
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
        client.close();
    }
}
