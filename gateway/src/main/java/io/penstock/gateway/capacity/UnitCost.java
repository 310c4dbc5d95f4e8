package io.penstock.gateway.capacity;

import io.penstock.gateway.history.Cell;
import io.penstock.gateway.history.LongGauge;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one core carries here, in this node's own mix of exports: the cores that the process was
 * busy with, against what was accepted, interval by interval ({@link LineFit}). The intercept is
 * what an idle node takes; a core carries {@code 1 / slope}.
 *
 * <p>Threading: immutable.
 *
 * @param records cores against records a second; null where too little is known
 * @param bytes cores against bytes a second; null where too little is known
 * @param intervals busy intervals that there were
 */
record UnitCost(@Nullable LineFit records, @Nullable LineFit bytes, int intervals) {
    /** Fewest intervals with traffic: an hour. */
    static final int FEWEST_INTERVALS = 12;

    /** The rates must differ by this much, or a slope says nothing. */
    private static final double LEAST_SPREAD = 1.3;

    /** A line that explains less is none. */
    private static final double LEAST_R2 = 0.5;

    /** Of the intervals of a node. */
    static UnitCost of(List<Cell> cells) {
        List<Cell> busy =
                cells.stream()
                        .filter(cell -> LongGauge.ACCEPTED.of(cell) > 0)
                        .filter(cell -> LongGauge.PROCESS_CORES.of(cell) > 0)
                        .filter(cell -> cell.seconds() >= 60)
                        .toList();
        double[] cores = values(busy, LongGauge.PROCESS_CORES);
        return new UnitCost(
                fit(values(busy, LongGauge.ACCEPTED), cores),
                fit(values(busy, LongGauge.ACCEPTED_BYTES), cores),
                busy.size());
    }

    private static double[] values(List<Cell> cells, LongGauge gauge) {
        return cells.stream().mapToDouble(gauge::of).toArray();
    }

    private static @Nullable LineFit fit(double[] rates, double[] cores) {
        double least = Double.MAX_VALUE;
        double most = 0;
        for (double rate : rates) {
            least = Math.min(least, rate);
            most = Math.max(most, rate);
        }
        boolean serves = rates.length >= FEWEST_INTERVALS && most > least * LEAST_SPREAD;
        LineFit fit = serves ? LineFit.of(rates, cores) : null;
        boolean holds = fit != null && fit.slope() > fit.halfWidth() && fit.r2() >= LEAST_R2;
        return holds ? fit : null;
    }

    JsonObject json() {
        JsonObject json = new JsonObject().put("intervals", intervals);
        if (records == null && bytes == null) {
            return json.put("known", false)
                    .put(
                            "says",
                            "too little data: it takes "
                                    + FEWEST_INTERVALS
                                    + " busy intervals of 5 minutes at different rates, whose CPU"
                                    + " follows the records; there are "
                                    + intervals
                                    + " busy ones. penstock capacity --measure tells at once what"
                                    + " this machine carries");
        }
        json.put("known", true)
                .put(
                        "says",
                        "CPU of the process against what was accepted, over "
                                + intervals
                                + " busy intervals of 5 minutes, in this node's own mix; ranges are"
                                + " intervals of 95 %");
        put(json, "records", records);
        put(json, "bytes", bytes);
        return json;
    }

    private static void put(JsonObject json, String what, @Nullable LineFit fit) {
        if (fit != null) {
            json.put(
                    what,
                    new JsonObject()
                            .put("per_core_s", 1 / fit.slope())
                            .put("per_core_s_low", 1 / (fit.slope() + fit.halfWidth()))
                            .put("per_core_s_high", 1 / (fit.slope() - fit.halfWidth()))
                            .put("idle_cores", Math.max(0, fit.intercept()))
                            .put("r2", fit.r2()));
        }
    }
}
