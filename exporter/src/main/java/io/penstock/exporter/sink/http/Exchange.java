package io.penstock.exporter.sink.http;

import io.penstock.exporter.sink.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, or what came instead of one. The outcome is decided once: by the end
 * of the answer, an error, or the clock, whichever is first; the request is reset when its answer
 * is no longer of interest.
 *
 * <p>Threading: confined to one event loop.
 */
final class Exchange {

    /** An answer longer than this is cut off; its status counts. */
    static final int MAX_ANSWER_BYTES = 65536;

    /** How much of an answer's body goes into the reason. */
    static final int MAX_REASON_BYTES = 512;

    private final Vertx vertx;
    private final StatusRules rules;
    private final Promise<Outcome> promise = Promise.promise();
    private final Buffer reason = Buffer.buffer();
    private @Nullable HttpClientRequest request;
    private long timer;
    private int answerBytes;
    private boolean decided;

    Exchange(Vertx vertx, StatusRules rules) {
        this.vertx = vertx;
        this.rules = rules;
    }

    /** Sends the request. The future does not fail. */
    Future<Outcome> send(HttpClient client, RequestOptions options, Buffer body, long timeoutMs) {
        timer =
                vertx.setTimer(
                        timeoutMs,
                        fired ->
                                giveUp(
                                        "no answer within " + timeoutMs + " ms",
                                        Outcome.Cause.SLOW));
        client.request(options).onFailure(this::failed).onSuccess(opened -> opened(opened, body));
        return promise.future();
    }

    private void opened(HttpClientRequest opened, Buffer body) {
        if (decided) {
            opened.reset();
            return;
        }
        request = opened;
        opened.exceptionHandler(this::failed);
        opened.send(body).onFailure(this::failed).onSuccess(this::answered);
    }

    private void answered(HttpClientResponse answer) {
        answer.exceptionHandler(this::failed);
        answer.handler(chunk -> chunk(answer, chunk));
        answer.endHandler(end -> decide(outcome(answer)));
    }

    private void chunk(HttpClientResponse answer, Buffer chunk) {
        int room = MAX_REASON_BYTES - reason.length();
        if (room > 0) {
            reason.appendBuffer(chunk, 0, Math.min(room, chunk.length()));
        }
        answerBytes += chunk.length();
        if (answerBytes > MAX_ANSWER_BYTES && !decided) {
            decide(outcome(answer));
            reset();
        }
    }

    private Outcome outcome(HttpClientResponse answer) {
        String text = new String(reason.getBytes(), StandardCharsets.UTF_8);
        String clean = text.replaceAll("\\p{Cntrl}+", " ").strip();
        String retryAfter = answer.getHeader(HttpHeaders.RETRY_AFTER);
        return rules.outcome(answer.statusCode(), retryAfter, clean);
    }

    private void failed(Throwable cause) {
        giveUp(cause.getClass().getSimpleName() + ": " + cause.getMessage(), Outcome.Cause.DOWN);
    }

    private void giveUp(String why, Outcome.Cause cause) {
        if (!decided) {
            decide(new Outcome.Retry(Outcome.Retry.BACK_OFF, why, cause));
            reset();
        }
    }

    private void reset() {
        if (request != null) {
            request.reset();
        }
    }

    private void decide(Outcome outcome) {
        if (!decided) {
            decided = true;
            vertx.cancelTimer(timer);
            promise.complete(outcome);
        }
    }
}
