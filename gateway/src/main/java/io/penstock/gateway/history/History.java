package io.penstock.gateway.history;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last hours of this node, of its busiest repos and of its busiest exports. A newcomer that
 * moves takes the place of the series that has not moved for longest.
 *
 * <p>Threading: any thread.
 */
public final class History {
    /** Most series: the node's, and those of repos and exports together. */
    public static final int MAX_SERIES = 65;

    /** Most that all of them take. */
    public static final long MAX_BYTES = (long) MAX_SERIES * Series.BYTES;

    /** Gauges of the node, in the order of {@link Round#node}. */
    public static final List<String> NODE =
            List.of(
                    "accepted_per_s",
                    "accepted_bytes_per_s",
                    "delivered_per_s",
                    "refused_per_s",
                    "lag_records",
                    "lag_bytes",
                    "oldest_age_ms");

    /** Gauges of a repo. */
    static final List<String> REPO = List.of("accepted_per_s", "staged_bytes_per_s");

    /** Gauges of an export. */
    static final List<String> EXPORT =
            List.of(
                    "delivered_per_s",
                    "failures_per_s",
                    "lag_records",
                    "lag_bytes",
                    "oldest_age_ms",
                    "in_flight",
                    "concurrency_limit");

    private final Map<String, Series> series = new LinkedHashMap<>();

    private static List<String> gauges(String repo, String export) {
        return repo.isEmpty() ? NODE : export.isEmpty() ? REPO : EXPORT;
    }

    private static int rates(List<String> gauges) {
        return (int) gauges.stream().filter(gauge -> gauge.endsWith("_per_s")).count();
    }

    /**
     * Notes a second.
     *
     * @param repo name, or empty for the node
     * @param export name, or empty for the repo
     * @param values in the order of the gauges
     * @param busy whether anything moves or waits there
     */
    synchronized void add(String repo, String export, long second, double[] values, boolean busy) {
        String key = repo + "/" + export;
        Series known = series.get(key);
        if (known == null) {
            if (series.size() >= MAX_SERIES && !(busy && makeRoom(second))) {
                return;
            }
            List<String> gauges = gauges(repo, export);
            known = new Series(gauges.size(), rates(gauges));
            series.put(key, known);
        }
        known.add(second, values, busy);
    }

    /** Drops the series that has rested for longest; false where all are at work. */
    private boolean makeRoom(long second) {
        Map.Entry<String, Series> rested =
                series.entrySet().stream()
                        .filter(each -> !each.getKey().equals("/"))
                        .min(Comparator.comparingLong(each -> each.getValue().lastBusySecond()))
                        .orElseThrow();
        boolean rests = rested.getValue().lastBusySecond() < second - Series.STEP;
        if (rests) {
            series.remove(rested.getKey());
        }
        return rests;
    }

    /**
     * {@code {"step_ms":..., "end_ms":..., "series":{gauge: [...]}}}, oldest first, null where
     * nothing was noted; null for what is not kept.
     */
    public synchronized @Nullable JsonObject of(String repo, String export, boolean isFine) {
        Series known = series.get(repo + "/" + export);
        if (known == null) {
            return null;
        }
        JsonObject all = new JsonObject();
        List<String> gauges = gauges(repo, export);
        for (int gauge = 0; gauge < gauges.size(); gauge++) {
            JsonArray values = new JsonArray();
            for (float value : known.last(gauge, isFine)) {
                values.add(Float.isNaN(value) ? null : (Object) rounded(value));
            }
            all.put(gauges.get(gauge), values);
        }
        return new JsonObject()
                .put("repo", repo)
                .put("export", export)
                .put("step_ms", isFine ? 1000 : Series.STEP * 1000)
                .put("end_ms", known.second() * 1000)
                .put("series", all);
    }

    /** One digit behind the point is more than a plot shows. */
    private static double rounded(float value) {
        return Math.round(value * 10.0) / 10.0;
    }
}
