package io.penstock.exporter.sink.opensearch;

import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Outcome.Cause;
import io.penstock.exporter.sink.web.StatusRules;
import io.penstock.exporter.sink.web.WebAnswer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer to a bulk request, item by item: {@code {"errors": true, "items": [{"create":
 * {"status": 201, "error": {"type": ..., "reason": ...}}}]}} ("Bulk API" of OpenSearch and of
 * Elasticsearch, response body).
 *
 * <p>Threading: confined to one thread.
 */
final class BulkAnswer {

    /** How an answer without any failure begins, when only these members were asked for. */
    private static final byte[] NO_ERRORS = "{\"errors\":false".getBytes(StandardCharsets.US_ASCII);

    /** What {@code create} says of a document that is there already. */
    private static final int CONFLICT = 409;

    private final StatusRules rules;
    private final BitSet again = new BitSet();
    private final BitSet refused = new BitSet();
    private String whyAgain = "";
    private String whyRefused = "";
    private Cause cause = Cause.FAULT;

    private BulkAnswer(StatusRules rules) {
        this.rules = rules;
    }

    /**
     * What became of a delivery.
     *
     * @param records documents in the request
     */
    static Outcome outcome(WebAnswer answer, int records, StatusRules rules) {
        Outcome whole = rules.outcome(answer);
        if (whole != Outcome.DELIVERED) {
            return whole;
        }
        if (beginsWithoutErrors(answer.body())) {
            return Outcome.DELIVERED;
        }
        if (!answer.whole()) {
            // Half of the records have half of the answer; what is there already stays one copy.
            return new Outcome.Rejected("the answer to the bulk request is too long");
        }
        try {
            JsonArray items = answer.body().toJsonObject().getJsonArray("items");
            if (items != null && items.size() == records) {
                return new BulkAnswer(rules).read(items);
            }
        } catch (DecodeException | ClassCastException somethingElse) {
            return notOne(answer);
        }
        return notOne(answer);
    }

    private static boolean beginsWithoutErrors(Buffer body) {
        if (body.length() < NO_ERRORS.length) {
            return false;
        }
        return Arrays.equals(body.getBytes(0, NO_ERRORS.length), NO_ERRORS);
    }

    private static Outcome notOne(WebAnswer answer) {
        return new Outcome.Retry(
                Outcome.Retry.BACK_OFF, "not the answer to a bulk request: " + answer.reason());
    }

    private Outcome read(JsonArray items) {
        for (int i = 0; i < items.size(); i++) {
            Map.Entry<String, Object> one = items.getJsonObject(i).iterator().next();
            item(i, (JsonObject) one.getValue());
        }
        if (again.isEmpty() && refused.isEmpty()) {
            return Outcome.DELIVERED;
        }
        if (again.cardinality() == items.size()) {
            return new Outcome.Retry(Outcome.Retry.BACK_OFF, whyAgain, cause);
        }
        String why = refused.isEmpty() ? whyAgain : whyRefused;
        return new Outcome.PerRecord(again, refused, Outcome.Retry.BACK_OFF, why, cause);
    }

    private void item(int number, JsonObject item) {
        int status = item.getInteger("status", 0);
        if (status / 100 == 2 || status == CONFLICT) {
            return;
        }
        String why = "item status " + status + reason(item.getValue("error"));
        if (rules.isRetried(status)) {
            again.set(number);
            whyAgain = whyAgain.isEmpty() ? why : whyAgain;
            // BUSY, SLOW, DOWN, FAULT: from the most pressing one on
            Cause own = StatusRules.cause(status);
            cause = own.compareTo(cause) < 0 ? own : cause;
        } else {
            refused.set(number);
            whyRefused = whyRefused.isEmpty() ? why : whyRefused;
        }
    }

    private static String reason(@Nullable Object error) {
        if (!(error instanceof JsonObject parts)) {
            return error == null ? "" : ": " + error;
        }
        String reason = parts.getString("type", "") + ": " + parts.getString("reason", "");
        int length = Math.min(reason.length(), WebAnswer.MAX_REASON_BYTES);
        return ": " + reason.substring(0, length);
    }
}
