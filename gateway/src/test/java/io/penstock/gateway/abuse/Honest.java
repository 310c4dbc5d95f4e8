package io.penstock.gateway.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.ingest.Batches;
import io.penstock.gateway.ingest.DataPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Pushes one small batch after the other, by the JDK's own client over HTTP/2, while somebody else
 * attacks. Every push must go well, and none may take long.
 */
final class Honest implements AutoCloseable {
    /** Far more than a push takes, and less than any time-out under test: nobody is held up. */
    private static final long MAX_MS = 1500;

    private static final int LEAST_PUSHES = 5;
    private static final byte[] BATCH = Batches.batch(3, 10).toByteArray();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI target;
    private final Thread thread = new Thread(this::run, "honest");
    private final AtomicLong pushes = new AtomicLong();
    private final AtomicLong slowestMs = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
    private final long maxMs;
    private volatile boolean ended;

    Honest(int port) {
        this(port, MAX_MS);
    }

    /** One that may have to wait for so long. */
    Honest(int port, long maxMs) {
        this.maxMs = maxMs;
        target = URI.create("http://127.0.0.1:" + port + "/v1/repos/web/batches");
        thread.start();
    }

    private void run() {
        try {
            while (!ended) {
                push();
                Thread.sleep(5);
            }
        } catch (Exception | AssertionError failure) {
            failed.set(failure);
        }
    }

    private void push() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(target)
                        .header("Content-Type", "application/x-protobuf")
                        .timeout(Duration.ofSeconds(10))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(BATCH))
                        .build();
        long startNs = System.nanoTime();
        int status;
        try {
            status = client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (IOException old) {
            if (String.valueOf(old.getMessage()).contains("GOAWAY")) {
                return; // the connection was told to end as this began: the next one has another
            }
            throw old;
        }
        assertThat(status).isEqualTo(200);
        // the first ones compile what they run
        if (pushes.incrementAndGet() > LEAST_PUSHES) {
            slowestMs.accumulateAndGet((System.nanoTime() - startNs) / 1_000_000, Math::max);
        }
    }

    /** Waits until it has its connection, and what it runs is compiled. */
    void awaitFirst() {
        DataPort.awaitUntil("pushes", () -> pushes.get() > LEAST_PUSHES || failed.get() != null);
    }

    long slowestMs() {
        return slowestMs.get();
    }

    long pushes() {
        return pushes.get();
    }

    @Override
    public void close() {
        awaitFirst();
        ended = true;
        DataPort.awaitUntil("the end", () -> !thread.isAlive());
        assertThat(failed.get()).as("the honest client").isNull();
        assertThat(slowestMs.get()).as("slowest of %d pushes", pushes.get()).isLessThan(maxMs);
    }
}
