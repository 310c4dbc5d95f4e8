package io.penstock.gateway.alert;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * Something that happened to an alert. Threading: immutable.
 *
 * @param timeMs when, since the epoch
 * @param what {@code firing} or {@code resolved}
 * @param alert as it was then, as JSON
 */
public record Event(long timeMs, String what, JsonObject alert) {
    static Event of(Alert alert, long nowMs) {
        return new Event(nowMs, alert.state().word(), alert.json());
    }

    /** For people and programs. */
    public JsonObject json() {
        return new JsonObject()
                .put("time", Instant.ofEpochMilli(timeMs).toString())
                .put("what", what)
                .put("alert", alert);
    }
}
