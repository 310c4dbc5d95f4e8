package io.penstock.perf.cluster;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes results as JSON: {@code {"trials": [{"scenario", "nodes", "verdict", "skipped", "counts":
 * {...}, "times_ms": {...}, "gaps_ms": {...}, "faults": [...]}]}}.
 */
public final class TrialJson {
    private TrialJson() {}

    /** Writes the file anew. */
    public static void write(List<TrialResult> results, Path file) throws IOException {
        JsonArray trials = new JsonArray();
        for (TrialResult result : results) {
            trials.add(
                    new JsonObject()
                            .put("scenario", result.scenario())
                            .put("nodes", result.nodes())
                            .put("verdict", result.verdict())
                            .put("skipped", result.skipped())
                            .put("counts", json(result.counts()))
                            .put("times_ms", json(result.timesMs()))
                            .put("gaps_ms", json(result.gapsMs()))
                            .put("faults", new JsonArray(List.copyOf(result.faults()))));
        }
        Files.writeString(file, new JsonObject().put("trials", trials).encodePrettily() + "\n");
    }

    private static JsonObject json(Map<String, Long> numbers) {
        JsonObject json = new JsonObject();
        numbers.forEach(json::put);
        return json;
    }
}
