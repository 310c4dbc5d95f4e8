package io.penstock.cluster.forecast;

import java.util.Arrays;

/**
 * The rate of one export by hour of the week. While an hour runs, its mean over time is gathered;
 * when it ends, the slot takes it over by an exponentially weighted mean: {@code slot + (mean -
 * slot) x }{@link #TAKEN}. The first week is taken as it is.
 *
 * <p>Threading: confined to the leader's loop.
 */
public final class RateHistory {

    /** What a new week counts in its slot; after four weeks a change has been learnt to 0.87. */
    static final double TAKEN = 0.4;

    /** Longest time that one observation may stand for; a longer gap is not known. */
    static final long MOST_GAP_MS = 300_000;

    /** An hour that was watched for less is not kept. */
    static final long LEAST_WATCHED_MS = HourOfWeek.HOUR_MS / 4;

    private static final float UNKNOWN = -1;

    private final float[] slots;
    private long lastMs = Long.MIN_VALUE;
    private double watchedMs;
    private double amount;

    /** Nothing is known. */
    public RateHistory() {
        slots = new float[HourOfWeek.SLOTS];
        Arrays.fill(slots, UNKNOWN);
    }

    /**
     * What {@link #slots} gave.
     *
     * @throws IllegalArgumentException when it is no such array
     */
    public RateHistory(float[] kept) {
        if (kept.length != HourOfWeek.SLOTS) {
            throw new IllegalArgumentException("a history of " + kept.length + " slots");
        }
        for (float slot : kept) {
            if (slot != UNKNOWN && !(slot >= 0 && slot < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a history with the rate " + slot);
            }
        }
        slots = kept.clone();
    }

    /**
     * Takes in that the rate has been so much since the last observation.
     *
     * @param nowMs milliseconds since 1970; what is not later than the last is left out
     * @param rate 0 or more, in any unit
     */
    public void observe(long nowMs, double rate) {
        if (lastMs != Long.MIN_VALUE && nowMs > lastMs) {
            long hourStartMs = Math.floorDiv(nowMs, HourOfWeek.HOUR_MS) * HourOfWeek.HOUR_MS;
            if (hourStartMs > lastMs) {
                add(hourStartMs - lastMs, rate);
                close(HourOfWeek.of(lastMs));
                add(nowMs - hourStartMs, rate);
            } else {
                add(nowMs - lastMs, rate);
            }
        }
        lastMs = Math.max(lastMs, nowMs);
    }

    /** Whether the hour at a time is known. */
    public boolean knows(long timeMs) {
        return slots[HourOfWeek.of(timeMs)] != UNKNOWN;
    }

    /** The usual rate of the hour at a time; 0 if it is not known. */
    public double at(long timeMs) {
        return Math.max(0, slots[HourOfWeek.of(timeMs)]);
    }

    /** A copy to keep; -1 where nothing is known. */
    public float[] slots() {
        return slots.clone();
    }

    private void add(long elapsedMs, double rate) {
        long counted = Math.min(elapsedMs, MOST_GAP_MS);
        watchedMs += counted;
        amount += counted * rate;
    }

    private void close(int slot) {
        if (watchedMs >= LEAST_WATCHED_MS) {
            double mean = amount / watchedMs;
            slots[slot] =
                    (float)
                            (slots[slot] == UNKNOWN
                                    ? mean
                                    : slots[slot] + (mean - slots[slot]) * TAKEN);
        }
        watchedMs = 0;
        amount = 0;
    }
}
