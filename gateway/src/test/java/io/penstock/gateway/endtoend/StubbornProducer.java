package io.penstock.gateway.endtoend;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * A client that pushes numbered batches one after the other, and each again and again under the
 * same sequence until it is acknowledged. Not of our own making but for the headers: the JDK's HTTP
 * client.
 *
 * <p>Threading: {@link #run} on a thread of its own; {@link #acknowledged} after that thread has
 * ended.
 */
final class StubbornProducer implements Runnable {

    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(5);
    private static final long PAUSE_MS = 10;

    /** Between two batches: a bound of what a long run leaves in the memory of the test. */
    private static final long PACE_MS = 8;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI target;
    private final long producer;
    private final String ack;
    private final BooleanSupplier goOn;
    private final SplittableRandom random;
    private final List<String> acknowledged = new ArrayList<>();

    StubbornProducer(int port, long producer, String ack, BooleanSupplier goOn) {
        target = URI.create("http://127.0.0.1:" + port + "/v1/repos/kill/batches");
        this.producer = producer;
        this.ack = ack;
        this.goOn = goOn;
        random = new SplittableRandom(producer);
    }

    /** Ids of the records that the gateway said are safe. */
    List<String> acknowledged() {
        return acknowledged;
    }

    @Override
    public void run() {
        for (long sequence = 1; goOn.getAsBoolean(); sequence++) {
            List<String> ids = new ArrayList<>();
            StringBuilder body = new StringBuilder();
            int records = 1 + random.nextInt(20);
            for (int i = 0; i < records; i++) {
                String id = producer + "-" + sequence + "-" + i;
                ids.add(id);
                body.append("{\"id\":\"").append(id).append("\",\"fill\":\"");
                body.append("x".repeat(random.nextInt(1_000))).append("\"}\n");
            }
            pushUntilAcknowledged(sequence, body.toString());
            acknowledged.addAll(ids);
            pause(PACE_MS);
        }
    }

    private void pushUntilAcknowledged(long sequence, String body) {
        HttpRequest request =
                HttpRequest.newBuilder(target)
                        .timeout(REQUEST_LIMIT)
                        .header("Content-Type", "application/x-ndjson")
                        .header("Penstock-Producer", Long.toHexString(producer))
                        .header("Penstock-Sequence", Long.toString(sequence))
                        .header("Penstock-Ack", ack)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        while (true) {
            try {
                HttpResponse<String> answer =
                        client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return;
                }
                if (answer.statusCode() < 429) {
                    throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
                }
            } catch (IOException killed) {
                // The gateway went away in the middle: exactly what this client is for.
                pause(PAUSE_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
            pause(PAUSE_MS);
        }
    }

    private static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
