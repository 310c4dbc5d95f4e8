package io.penstock.exporter.sink.web;

import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Outcome.Cause;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, or what came instead of one. The outcome is decided once: by the end
 * of the answer, an error, or the clock, whichever is first; the request is reset when its answer
 * is no longer of interest.
 *
 * <p>Threading: confined to one event loop.
 */
final class Exchange {

    private final Vertx vertx;
    private final int maxAnswerBytes;
    private final Function<WebAnswer, Outcome> judge;
    private final Promise<Outcome> promise = Promise.promise();
    private final Buffer kept = Buffer.buffer();
    private @Nullable HttpClientRequest request;
    private long timer;
    private boolean decided;

    Exchange(Vertx vertx, int maxAnswerBytes, Function<WebAnswer, Outcome> judge) {
        this.vertx = vertx;
        this.maxAnswerBytes = maxAnswerBytes;
        this.judge = judge;
    }

    /** Sends the request. The future fails only when the judge does. */
    Future<Outcome> send(HttpClient client, RequestOptions options, Buffer body, long timeoutMs) {
        timer =
                vertx.setTimer(
                        timeoutMs,
                        fired -> giveUp("no answer within " + timeoutMs + " ms", Cause.SLOW));
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
        answer.endHandler(end -> judge(answer, true));
    }

    private void chunk(HttpClientResponse answer, Buffer chunk) {
        int room = maxAnswerBytes - kept.length();
        kept.appendBuffer(chunk, 0, Math.min(room, chunk.length()));
        if (chunk.length() > room && !decided) {
            judge(answer, false);
            reset();
        }
    }

    private void judge(HttpClientResponse answer, boolean whole) {
        if (decided) {
            return;
        }
        WebAnswer read =
                new WebAnswer(
                        answer.statusCode(), answer.headers(), answer.trailers(), kept, whole);
        try {
            decide(judge.apply(read));
        } catch (RuntimeException defect) {
            decided = true;
            vertx.cancelTimer(timer);
            promise.fail(defect);
        }
    }

    private void failed(Throwable cause) {
        giveUp(
                cause.getClass().getSimpleName() + ": " + cause.getMessage(),
                cause instanceof ConnectionPoolTooBusyException ? Cause.BUSY : Cause.DOWN);
    }

    private void giveUp(String why, Cause cause) {
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
        decided = true;
        vertx.cancelTimer(timer);
        promise.complete(outcome);
    }
}
