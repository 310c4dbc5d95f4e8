package io.penstock.gateway.token;

import io.vertx.core.json.JsonObject;

/**
 * What a check of a token found. Threading: immutable, but for the claims, which nobody changes.
 */
public sealed interface Verdict {
    /**
     * It holds.
     *
     * @param claims what it says
     * @param key what signed it
     * @param untilMs from when on it holds no more, Unix milliseconds
     */
    record Good(JsonObject claims, SigningKey key, long untilMs) implements Verdict {}

    /**
     * It does not.
     *
     * @param fault which check
     * @param message one sentence for people, which repeats nothing of the token
     */
    record Bad(TokenFault fault, String message) implements Verdict {}
}
