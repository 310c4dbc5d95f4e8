package io.penstock.gateway.capacity;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a URL of a change, by POST; again after {@link #FIRST_WAIT_MS} doubling, {@link
 * #MOST_ATTEMPTS} times in all. A newer change ends the attempts of the one before.
 *
 * <p>Threading: any thread.
 */
final class SignalHook {
    static final int MOST_ATTEMPTS = 5;
    static final long FIRST_WAIT_MS = 1_000;
    private static final long TIMEOUT_MS = 5_000;
    private static final Logger LOG = LoggerFactory.getLogger(SignalHook.class);

    private final Vertx vertx;
    private final String url;
    private final long firstWaitMs;
    private final AtomicLong newest = new AtomicLong();
    private final @Nullable HttpClient client;

    /** Nobody is told where the URL is empty. */
    SignalHook(Vertx vertx, String url, long firstWaitMs) {
        this.vertx = vertx;
        this.firstWaitMs = firstWaitMs;
        this.url = url;
        this.client = url.isEmpty() ? null : vertx.createHttpClient();
    }

    void tell(JsonObject change) {
        if (client != null) {
            attempt(client, change.toBuffer(), newest.incrementAndGet(), 1);
        }
    }

    private void attempt(HttpClient with, Buffer body, long number, int attempt) {
        if (number != newest.get()) {
            return;
        }
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setAbsoluteURI(url)
                        .putHeader("Content-Type", "application/json")
                        .setTimeout(TIMEOUT_MS)
                        .setIdleTimeout(TIMEOUT_MS);
        with.request(options)
                .compose(request -> request.send(body))
                .compose(
                        answer ->
                                answer.statusCode() / 100 == 2
                                        ? Future.succeededFuture()
                                        : Future.failedFuture("answers " + answer.statusCode()))
                .onFailure(failed -> failed(with, body, number, attempt, failed));
    }

    private void failed(HttpClient with, Buffer body, long number, int attempt, Throwable failure) {
        if (attempt >= MOST_ATTEMPTS) {
            LOG.warn("capacity.webhook was not told: {}", failure.getMessage());
            return;
        }
        vertx.setTimer(
                firstWaitMs << (attempt - 1), id -> attempt(with, body, number, attempt + 1));
    }

    Future<Void> close() {
        newest.incrementAndGet();
        return client == null ? Future.succeededFuture() : client.close();
    }
}
