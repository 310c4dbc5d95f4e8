package io.penstock.gateway.audit;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One change, or an attempt at one. Threading: immutable.
 *
 * @param timeMs Unix milliseconds
 * @param who {@code key ID (NAME)}, {@code identity NAME}, {@code anonymous}, {@code cli USER}, or
 *     the node itself
 * @param from address and port; empty where there is none
 * @param what method and path, or the verb
 * @param names parameters that name things
 * @param status of HTTP; 0 where there is none
 * @param note what came of it
 */
public record AuditEntry(
        long timeMs,
        String who,
        String from,
        String what,
        SortedMap<String, String> names,
        int status,
        String note) {
    /** Longest text of a field; longer ones are cut. */
    public static final int MAX_TEXT = 512;

    private static final int MAX_NAMES = 16;

    /** Cuts what is too long. */
    public AuditEntry {
        who = cut(who);
        what = cut(what);
        note = cut(note);
        SortedMap<String, String> few = new TreeMap<>();
        names.entrySet().stream()
                .limit(MAX_NAMES)
                .forEach(each -> few.put(cut(each.getKey()), cut(each.getValue())));
        names = few;
    }

    /** Something done now. */
    public static AuditEntry of(String who, String from, String what) {
        return new AuditEntry(System.currentTimeMillis(), who, from, what, new TreeMap<>(), 0, "");
    }

    /** With parameters. */
    public AuditEntry names(Map<String, String> given) {
        return new AuditEntry(timeMs, who, from, what, new TreeMap<>(given), status, note);
    }

    /** With an answer. */
    public AuditEntry status(int answered) {
        return new AuditEntry(timeMs, who, from, what, names, answered, note);
    }

    /** With what came of it. */
    public AuditEntry note(String said) {
        return new AuditEntry(timeMs, who, from, what, names, status, said);
    }

    /** As it is written. */
    public JsonObject json() {
        JsonObject json =
                new JsonObject()
                        .put("time", Instant.ofEpochMilli(timeMs).toString())
                        .put("who", who)
                        .put("from", from)
                        .put("what", what);
        if (!names.isEmpty()) {
            JsonObject all = new JsonObject();
            names.forEach(all::put);
            json.put("names", all);
        }
        if (status != 0) {
            json.put("status", status);
        }
        return note.isEmpty() ? json : json.put("note", note);
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
