package io.penstock.gateway.admin;

import io.vertx.core.json.JsonObject;

/**
 * What the admin port answers. Threading: immutable.
 *
 * @param status HTTP status
 * @param contentType of the body
 * @param body text
 * @param note what the audit log says beside the status
 */
public record Answer(int status, String contentType, String body, String note) {
    private static final String JSON = "application/json";

    /** One of which there is no more to say. */
    public Answer(int status, String contentType, String body) {
        this(status, contentType, body, "");
    }

    /** The same, with a note for the audit log. */
    public Answer noted(String said) {
        return new Answer(status, contentType, body, said);
    }

    /** 200 with a document. */
    public static Answer ok(JsonObject json) {
        return json(200, json);
    }

    /** A document. */
    public static Answer json(int status, JsonObject json) {
        return new Answer(status, JSON, json.encode() + "\n");
    }

    /** A failure in one sentence. */
    public static Answer error(int status, String message) {
        return json(status, new JsonObject().put("error", message));
    }

    /** A failure in one sentence, and the key or parameter that is to blame. */
    public static Answer error(int status, String message, String key) {
        return json(status, new JsonObject().put("error", message).put("key", key));
    }
}
