package io.penstock.gateway.admin;

import io.penstock.exporter.deadletter.DeadLetter;
import io.penstock.exporter.deadletter.DeadLetterStore;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dead letters as JSON. Threading: any thread; every method blocks. */
public final class DeadLetterDesk {
    /** Letters in one answer at the most. */
    public static final int MAX_LIST = 1000;

    private DeadLetterDesk() {}

    /** {@code {"letters":[...]}}: those behind an id, oldest first, without their records. */
    public static JsonObject list(DeadLetterStore store, long afterId, int limit)
            throws IOException {
        JsonArray letters = new JsonArray();
        List<DeadLetter.Stored> found = store.list(afterId, Math.min(limit, MAX_LIST));
        found.forEach(stored -> letters.add(head(stored.id(), stored.letter())));
        return new JsonObject()
                .put("letters", letters)
                .put("held_letters", store.heldLetters())
                .put("held_records", store.heldRecords());
    }

    /** One letter with its records, or null. */
    public static @Nullable JsonObject show(DeadLetterStore store, long id) throws IOException {
        return store.find(id).map(letter -> whole(id, letter)).orElse(null);
    }

    private static JsonObject head(long id, DeadLetter letter) {
        return new JsonObject()
                .put("id", id)
                .put("delivery", letter.delivery().toString())
                .put("arrived", Instant.ofEpochMilli(letter.arrivedMs()).toString())
                .put("dead", Instant.ofEpochMilli(letter.deadMs()).toString())
                .put("records", letter.records())
                .put("reason", letter.reason());
    }

    /** Text as it is, a protobuf batch as base64. */
    private static JsonObject whole(long id, DeadLetter letter) {
        DeadLetter.Content content = letter.content();
        JsonObject json =
                head(id, letter)
                        .put("encoding", content.encoding().name().toLowerCase(Locale.ROOT));
        return switch (content.encoding()) {
            case NATIVE, OTLP_LOGS, OTLP_METRICS, OTLP_TRACES ->
                    json.put("base64", Base64.getEncoder().encodeToString(content.body()));
            case NDJSON, JSON_ARRAY, TEXT ->
                    json.put("text", new String(content.body(), StandardCharsets.UTF_8));
        };
    }
}
