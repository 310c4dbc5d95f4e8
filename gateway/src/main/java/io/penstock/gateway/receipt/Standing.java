package io.penstock.gateway.receipt;

import io.penstock.exporter.receipt.Fate;
import io.penstock.exporter.receipt.SettledRuns.SettledRun;
import io.penstock.gateway.admin.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a batch stands with the exports of its repo, or why that cannot be said.
 *
 * <p>Threading: immutable.
 *
 * @param id null where it cannot be said
 * @param status of the answer
 * @param fault why it cannot be said; empty where it can
 */
record Standing(@Nullable ReceiptId id, List<Fate> fates, int status, String fault) {
    /** Nothing can be said. */
    static Standing not(int status, String fault) {
        return new Standing(null, List.of(), status, fault);
    }

    /** Whether waiting would change nothing. */
    boolean isSettled() {
        return fates.stream().allMatch(fate -> fate.state().isFinal());
    }

    Answer answer(String node) {
        ReceiptId of = id;
        if (of == null) {
            return Answer.error(status, fault);
        }
        JsonArray exports = new JsonArray();
        fates.forEach(fate -> exports.add(json(fate)));
        return Answer.ok(
                new JsonObject()
                        .put("repo", of.repo().value())
                        .put("node", node)
                        .put("epoch", HexFormat.of().toHexDigits(of.epoch()))
                        .put("position", of.position())
                        .put("settled", isSettled())
                        .put("exports", exports));
    }

    private static JsonObject json(Fate fate) {
        JsonObject json =
                new JsonObject()
                        .put("export", fate.export())
                        .put("state", fate.state().name().toLowerCase(Locale.ROOT));
        if (fate.offers() > 0) {
            json.put("offers", fate.offers());
        }
        SettledRun run = fate.run();
        if (run != null) {
            json.put("settled_at", Instant.ofEpochMilli(run.atMs()).toString())
                    .put(
                            "run",
                            new JsonObject()
                                    .put("delivered", run.delivered())
                                    .put("dead_lettered", run.deadLettered())
                                    .put("dropped", run.dropped()));
        }
        if (!fate.letters().isEmpty()) {
            json.put("dead_letters", new JsonArray(fate.letters()));
        }
        return json;
    }
}
