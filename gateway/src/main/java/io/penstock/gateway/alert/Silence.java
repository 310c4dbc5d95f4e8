package io.penstock.gateway.alert;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * What nobody wants to be told for a time. Patterns have {@code *} for any run of characters.
 *
 * <p>Threading: immutable.
 *
 * @param id number, never used again
 * @param condition pattern of conditions
 * @param repo pattern of repos
 * @param name pattern of exports, sources, nodes, ports
 * @param untilMs until when, since the epoch
 * @param reason why, for others; may be empty
 */
public record Silence(
        long id, String condition, String repo, String name, long untilMs, String reason) {
    private static final int MAX_TEXT = 200;

    /** Cuts what is too long. */
    public Silence {
        condition = cut(condition);
        repo = cut(repo);
        name = cut(name);
        reason = cut(reason);
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }

    boolean covers(Alert alert) {
        return Glob.fits(condition, alert.reading().condition().word())
                && Glob.fits(repo, alert.reading().subject().repo())
                && Glob.fits(name, alert.reading().subject().name());
    }

    /** For people and programs. */
    public JsonObject json() {
        return new JsonObject()
                .put("id", id)
                .put("condition", condition)
                .put("repo", repo)
                .put("name", name)
                .put("until", Instant.ofEpochMilli(untilMs).toString())
                .put("reason", reason);
    }
}
