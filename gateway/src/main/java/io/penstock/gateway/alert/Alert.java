package io.penstock.gateway.alert;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Something that is wrong, or was until just now. Times are in milliseconds since the epoch.
 *
 * <p>Threading: immutable.
 *
 * @param id fingerprint of node, condition and subject: the same thing has the same one again
 * @param reading the last value
 * @param rule what it is held against
 * @param state where it stands
 * @param sinceMs when it came there
 * @param clearSinceMs when it began to be clear, while it fires; 0 for not at all
 * @param told whether somebody was told that it fires
 */
public record Alert(
        String id,
        Reading reading,
        Rule rule,
        State state,
        long sinceMs,
        long clearSinceMs,
        boolean told) {
    private static final int ID_BYTES = 8;

    /** A fingerprint. */
    static String fingerprint(String node, Condition condition, Subject subject) {
        // what the cluster tells is the same whoever tells it
        String who = condition.about() == Condition.About.CLUSTER ? "" : node;
        String all = String.join("\n", who, condition.word(), subject.repo(), subject.name());
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException missing) { // every JDK has it
            throw new IllegalStateException(missing);
        }
    }

    Alert to(State next, long nowMs, Reading seen) {
        return new Alert(id, seen, rule, next, nowMs, 0, told);
    }

    Alert seen(Reading now, long clearSince) {
        return new Alert(id, now, rule, state, sinceMs, clearSince, told);
    }

    Alert told(boolean now) {
        return new Alert(id, reading, rule, state, sinceMs, clearSinceMs, now);
    }

    Alert under(Rule other) {
        return new Alert(id, reading, other, state, sinceMs, clearSinceMs, told);
    }

    /** Alerts with the same key are told together. */
    String group() {
        return reading.target().isEmpty()
                ? reading.condition().word()
                : "target " + reading.target();
    }

    /** A value with its unit, as {@code 320 s}. */
    static String amount(double value, Condition condition) {
        String number =
                value == Math.rint(value)
                        ? String.format(Locale.ROOT, "%.0f", value)
                        : String.format(Locale.ROOT, "%.1f", value);
        return condition.unit().isEmpty() ? number : number + " " + condition.unit();
    }

    /** For people and programs. */
    public JsonObject json() {
        return new JsonObject()
                .put("id", id)
                .put("condition", reading.condition().word())
                .put("severity", rule.severity().word())
                .put("state", state.word())
                .put("repo", reading.subject().repo())
                .put("name", reading.subject().name())
                .put("target", reading.target())
                .put("since", Instant.ofEpochMilli(sinceMs).toString())
                .put(
                        "clear_since",
                        clearSinceMs == 0 ? null : Instant.ofEpochMilli(clearSinceMs).toString())
                .put("value", Math.round(reading.value() * 10) / 10.0)
                .put("threshold", rule.threshold())
                .put("clear", rule.clear())
                .put("unit", reading.condition().unit())
                .put("hold_ms", rule.holdMs())
                .put("why", reading.why());
    }
}
