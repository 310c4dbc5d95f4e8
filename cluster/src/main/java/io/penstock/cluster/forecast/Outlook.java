package io.penstock.cluster.forecast;

/**
 * The rate to plan for: {@code max(live, max over the hours until now + lead of (usual rate of that
 * hour x today))}, where {@code today = live / usual rate of this hour}, between a half and two,
 * tells how today compares to other weeks. Where nothing is known, it is the live rate.
 *
 * <p>It never falls below the live rate: a quiet hour to come is no reason to crowd tasks now.
 */
public final class Outlook {
    private static final double LEAST_TODAY = 0.5;
    private static final double MOST_TODAY = 2;

    private Outlook() {}

    /**
     * The rate to plan for.
     *
     * @param history what was usual, in the unit of {@code live}
     * @param nowMs milliseconds since 1970
     * @param leadMs how far to look ahead
     * @param live the smoothed rate now
     */
    public static double rate(RateHistory history, long nowMs, long leadMs, double live) {
        double today = today(history, nowMs, live);
        double most = live;
        long endMs = nowMs + leadMs;
        for (long at = nowMs; at < endMs; at += HourOfWeek.HOUR_MS) {
            most = Math.max(most, history.at(at) * today);
        }
        return Math.max(most, history.at(endMs) * today);
    }

    private static double today(RateHistory history, long nowMs, double live) {
        double usual = history.at(nowMs);
        if (usual <= 0) {
            return 1;
        }
        return Math.min(MOST_TODAY, Math.max(LEAST_TODAY, live / usual));
    }
}
