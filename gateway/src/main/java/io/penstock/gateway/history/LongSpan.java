package io.penstock.gateway.history;

import io.penstock.gateway.history.LongGauge.How;
import io.penstock.gateway.history.LongGauge.Owner;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of the long memory in the form of {@link History#of}: rates are averaged over a step,
 * everything else keeps its largest.
 */
public enum LongSpan {
    /** Seven days, by half hours. */
    WEEK("7d", 7, 6),
    /** Thirty days, by two hours. */
    MONTH("30d", 30, 24);

    private final String word;
    private final int days;

    /** Intervals in a step. */
    private final int width;

    LongSpan(String word, int days, int width) {
        this.word = word;
        this.days = days;
        this.width = width;
    }

    /** The one of that name. */
    public static Optional<LongSpan> of(String word) {
        for (LongSpan span : values()) {
            if (span.word.equals(word)) {
                return Optional.of(span);
            }
        }
        return Optional.empty();
    }

    /** As {@link History#of}; null for what is not kept. Blocks. */
    public @Nullable JsonObject of(Archive archive, String repo, String export, long nowMs)
            throws IOException {
        long stepMs = width * Archive.STEP_MS;
        int length = (int) (days * 86_400_000L / stepMs);
        long first = Math.floorDiv(nowMs, stepMs) - length + 1;
        List<Cell> cells = archive.read(repo, export, first * stepMs, nowMs);
        if (cells.isEmpty()) {
            return null;
        }
        JsonObject all = new JsonObject();
        for (LongGauge gauge : Owner.of(repo, export).gauges()) {
            all.put(gauge.word(), values(gauge, cells, first, length));
        }
        return new JsonObject()
                .put("repo", repo)
                .put("export", export)
                .put("step_ms", stepMs)
                .put("end_ms", (first + length - 1) * stepMs)
                .put("series", all);
    }

    private JsonArray values(LongGauge gauge, List<Cell> cells, long first, int length) {
        double[] values = new double[length];
        double[] seconds = new double[length];
        for (Cell cell : cells) {
            int at = (int) (cell.slot() / width - first);
            double value = gauge.of(cell);
            if (!Double.isNaN(value) && at >= 0 && at < length) {
                boolean empty = seconds[at] == 0;
                values[at] =
                        switch (gauge.how()) {
                            case MEAN -> values[at] + value * cell.seconds();
                            case SUM -> values[at] + value;
                            case MAX -> empty ? value : Math.max(values[at], value);
                            case MIN -> empty ? value : Math.min(values[at], value);
                        };
                seconds[at] += cell.seconds();
            }
        }
        JsonArray array = new JsonArray();
        for (int i = 0; i < length; i++) {
            double value = gauge.how() == How.MEAN ? values[i] / seconds[i] : values[i];
            boolean known = seconds[i] > 0 && !Double.isNaN(value);
            array.add(known ? (Object) (Math.round(value * 1000) / 1000.0) : null);
        }
        return array;
    }
}
