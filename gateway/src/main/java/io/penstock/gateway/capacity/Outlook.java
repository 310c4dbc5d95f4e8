package io.penstock.gateway.capacity;

import io.penstock.gateway.capacity.HourlyForecast.Expected;
import io.penstock.gateway.capacity.Level.Resource;
import io.penstock.gateway.history.Cell;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a resource will be used up to a line: the largest interval of each hour, and what {@link
 * HourlyForecast} makes of them. It looks as far ahead as it has seen back, twice, and 60 days at
 * the most.
 *
 * <p>Threading: any thread.
 */
final class Outlook {
    private static final long HOUR_MS = 3_600_000;
    private static final int MOST_DAYS = 60;
    private static final int HOURS_OF_DAY = 24;

    /** Points in the answer, of those to come and of those behind: two weeks each. */
    private static final int MOST_POINTS = 14 * HOURS_OF_DAY;

    private Outlook() {}

    /**
     * The outlook of a resource.
     *
     * @param cells oldest first
     * @param high part of the limit that counts as used up
     */
    static JsonObject of(Resource resource, List<Cell> cells, long nowMs, double high) {
        long nowHour = Math.floorDiv(nowMs, HOUR_MS);
        long firstHour = cells.isEmpty() ? nowHour : Math.floorDiv(cells.get(0).startMs(), HOUR_MS);
        double[] hours = hours(resource, cells, firstHour, nowHour);
        JsonObject json =
                new JsonObject()
                        .put("resource", resource.name())
                        .put("high", high)
                        .put("days", Math.round(hours.length * 10.0 / HOURS_OF_DAY) / 10.0);
        HourlyForecast forecast = HourlyForecast.of(firstHour, hours);
        if (forecast == null) {
            return json.put("known", false)
                    .put(
                            "says",
                            "too little data: a trend takes "
                                    + HourlyForecast.FEWEST_DAYS
                                    + " days that were watched almost whole, and there are "
                                    + json.getDouble("days"));
        }
        int ahead = Math.min(MOST_DAYS, Math.max(7, 2 * hours.length / HOURS_OF_DAY));
        json.put("known", true)
                .put("trend_per_day", forecast.trendPerDay())
                .put("horizon_days", ahead);
        long crossing = crossing(forecast, nowHour, ahead, high, Expected::mean);
        long earliest = crossing(forecast, nowHour, ahead, high, Expected::high);
        long latest = crossing(forecast, nowHour, ahead, high, Expected::low);
        json.put("crossing_ms", orNull(crossing))
                .put("earliest_ms", orNull(earliest))
                .put("latest_ms", orNull(latest))
                .put("says", says(resource, ahead, high, crossing, earliest))
                .put("past", past(hours, nowHour))
                .put("future", future(forecast, nowHour, ahead));
        return json;
    }

    private static @Nullable Long orNull(long ms) {
        return ms < 0 ? null : ms;
    }

    private static double[] hours(Resource resource, List<Cell> cells, long first, long now) {
        double[] hours = new double[(int) Math.max(0, now - first)];
        Arrays.fill(hours, Double.NaN);
        for (Cell cell : cells) {
            long at = Math.floorDiv(cell.startMs(), HOUR_MS) - first;
            double value = resource.gauge().of(cell) / resource.limit();
            if (at >= 0 && at < hours.length && !Double.isNaN(value)) {
                double before = hours[(int) at];
                hours[(int) at] = Double.isNaN(before) ? value : Math.max(before, value);
            }
        }
        return hours;
    }

    @FunctionalInterface
    private interface Line {
        double of(Expected expected);
    }

    /** The first hour at which a line reaches the mark; -1 for none. */
    private static long crossing(
            HourlyForecast forecast, long nowHour, int days, double high, Line line) {
        for (long hour = nowHour; hour < nowHour + (long) days * HOURS_OF_DAY; hour++) {
            Expected expected = forecast.at(hour);
            if (expected != null && line.of(expected) >= high) {
                return hour * HOUR_MS;
            }
        }
        return -1;
    }

    private static String says(
            Resource resource, int days, double high, long crossing, long earliest) {
        String mark = resource.name() + " reaches " + Math.round(high * 100) + " %";
        String how =
                "; by a linear trend with an effect for each hour of the day, over each hour's"
                        + " busiest 5 minutes, intervals of 95 %";
        if (crossing < 0 && earliest < 0) {
            return mark + " not within " + days + " days" + how;
        }
        return crossing < 0
                ? mark + " perhaps within " + days + " days, though that is not expected" + how
                : mark + " within " + days + " days: a node is to be added before" + how;
    }

    private static JsonObject past(double[] hours, long nowHour) {
        JsonArray values = new JsonArray();
        int from = Math.max(0, hours.length - MOST_POINTS);
        for (int i = from; i < hours.length; i++) {
            values.add(Double.isNaN(hours[i]) ? null : (Object) rounded(hours[i]));
        }
        return new JsonObject()
                .put("start_ms", (nowHour - values.size()) * HOUR_MS)
                .put("step_ms", HOUR_MS)
                .put("used", values);
    }

    private static JsonObject future(HourlyForecast forecast, long nowHour, int days) {
        JsonArray mean = new JsonArray();
        JsonArray low = new JsonArray();
        JsonArray high = new JsonArray();
        int points = Math.min(MOST_POINTS, days * HOURS_OF_DAY);
        for (long hour = nowHour; hour < nowHour + points; hour++) {
            Expected expected = forecast.at(hour);
            mean.add(expected == null ? null : (Object) rounded(Math.max(0, expected.mean())));
            low.add(expected == null ? null : (Object) rounded(Math.max(0, expected.low())));
            high.add(expected == null ? null : (Object) rounded(Math.max(0, expected.high())));
        }
        return new JsonObject()
                .put("start_ms", nowHour * HOUR_MS)
                .put("step_ms", HOUR_MS)
                .put("mean", mean)
                .put("low", low)
                .put("high", high);
    }

    private static double rounded(double part) {
        return Math.round(part * 10_000) / 10_000.0;
    }
}
