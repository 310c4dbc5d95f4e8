package io.penstock.cluster.forecast;

/** Hours of the week by UTC; 0 is Monday from 0:00 to 1:00. */
public final class HourOfWeek {

    /** Hours of a week. */
    public static final int SLOTS = 168;

    /** Milliseconds of an hour. */
    public static final long HOUR_MS = 3_600_000;

    /** 1970-01-01 was a Thursday. */
    private static final long EPOCH_SLOT = 3 * 24;

    private HourOfWeek() {}

    /** The slot of a time in milliseconds since 1970. */
    public static int of(long timeMs) {
        long hour = Math.floorDiv(timeMs, HOUR_MS);
        return (int) Math.floorMod(hour + EPOCH_SLOT, (long) SLOTS);
    }
}
