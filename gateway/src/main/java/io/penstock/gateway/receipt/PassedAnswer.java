package io.penstock.gateway.receipt;

import io.penstock.gateway.admin.Answer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * What another node says to a question, as it is handed on.
 *
 * <p>Threading: immutable.
 */
record PassedAnswer(Question question, NodePlace place) {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHENTICATED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;

    /** What came. */
    record Body(int status, Buffer text) {}

    /** The body, unless it is longer than {@link Elsewhere#MAX_ANSWER_BYTES}. */
    Future<Body> read(HttpClientResponse response) {
        Promise<Body> whole = Promise.promise();
        Buffer read = Buffer.buffer();
        response.exceptionHandler(whole::tryFail);
        response.endHandler(end -> whole.tryComplete(new Body(response.statusCode(), read)));
        response.handler(
                chunk -> {
                    if (read.length() + chunk.length() > Elsewhere.MAX_ANSWER_BYTES) {
                        whole.tryFail(
                                new DecodeException(
                                        "more than " + Elsewhere.MAX_ANSWER_BYTES + " bytes"));
                    } else {
                        read.appendBuffer(chunk);
                    }
                });
        return whole.future();
    }

    /** What is answered; takes milliseconds for a long one. */
    Answer of(Body body) {
        JsonObject json = new JsonObject(body.text());
        return switch (body.status()) {
            case OK ->
                    question.node().equals(json.getValue("node"))
                            ? Answer.json(OK, json)
                            : another(String.valueOf(json.getValue("node")));
            case BAD_REQUEST, NOT_FOUND, UNAVAILABLE -> Answer.json(body.status(), json);
            case UNAUTHENTICATED, FORBIDDEN -> refused(body.status(), said(json));
            case CONFLICT -> another(said(json));
            default -> throw new DecodeException("status " + body.status());
        };
    }

    private static String said(JsonObject json) {
        return String.valueOf(json.getValue("error"));
    }

    /** It judges for itself, by its own keys. */
    private Answer refused(int status, String why) {
        return question.authorization().isEmpty()
                ? Elsewhere.yourself(
                        question,
                        place,
                        "without a key or token nothing says there who asks, and certificates"
                                + " cannot be passed on")
                : Answer.error(status, "node " + question.node() + " refuses: " + why);
    }

    private Answer another(String who) {
        return Answer.error(
                UNAVAILABLE,
                ("the admin port of node %s is said to be %s, where another one answers (%s);"
                                + " ask again when it has told of itself anew")
                        .formatted(question.node(), place.address(), who),
                "node");
    }

    /** No answer, or none that can be handed on. */
    Answer none(Throwable cause, long limitMs) {
        if (cause instanceof SSLException || cause.getCause() instanceof SSLException) {
            return Elsewhere.yourself(
                    question,
                    place,
                    "its certificate is not vouched for by what this node has in admin.tls or"
                            + " cluster.tls.ca_file, or does not name that address ("
                            + words(cause)
                            + ")");
        }
        String where = "node " + question.node() + " at " + place.address();
        if (cause instanceof DecodeException) {
            return Answer.error(
                    BAD_GATEWAY, where + " answers with no receipt: " + words(cause), "node");
        }
        String why =
                cause instanceof TimeoutException
                        ? "no answer within " + limitMs + " ms"
                        : words(cause);
        return Answer.error(
                UNAVAILABLE,
                where + ", which staged the batch, does not answer (" + why + "); ask again",
                "node");
    }

    private static String words(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
