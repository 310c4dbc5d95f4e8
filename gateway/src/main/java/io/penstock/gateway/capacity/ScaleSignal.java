package io.penstock.gateway.capacity;

/**
 * How many nodes are wanted, with hysteresis: one more as soon as the mean use has been above
 * {@code high} for a while, fewer when what is used would fit below {@code low} on one node less
 * for a longer while. A node that is lost stays wanted. In one step up it goes to where the use
 * would be {@code target = (high + low) / 2}; down it goes one at a time, so that a mistake is
 * small.
 *
 * <p>Threading: confined to one thread.
 */
final class ScaleSignal {
    private final double high;
    private final double low;
    private final long upMs;
    private final long downMs;
    private int wanted;
    private int lastNodes;
    private long aboveSinceMs = -1;
    private long belowSinceMs = -1;

    /**
     * A signal.
     *
     * @param high part of what there is, above which a node is wanted
     * @param low part below which one is not needed
     * @param upMs how long it must be above
     * @param downMs how long it must be below
     */
    ScaleSignal(double high, double low, long upMs, long downMs) {
        this.high = high;
        this.low = low;
        this.upMs = upMs;
        this.downMs = downMs;
    }

    /**
     * Takes in a moment; returns whether the number wanted has changed; the first sets it.
     *
     * @param nodes how many there are
     * @param used what is used of all of them together, in nodes: 1.5 of 2 is 0.75 each
     */
    boolean observe(long nowMs, int nodes, double used) {
        int before = wanted;
        if (nodes > wanted && nodes > lastNodes) {
            wanted = nodes; // a person added some: they are not taken back at once
        }
        lastNodes = nodes;
        boolean above = used > high * Math.min(nodes, wanted) && wanted <= nodes;
        boolean below = wanted > 1 && used < low * (wanted - 1);
        aboveSinceMs = above ? (aboveSinceMs < 0 ? nowMs : aboveSinceMs) : -1;
        belowSinceMs = below ? (belowSinceMs < 0 ? nowMs : belowSinceMs) : -1;
        if (above && nowMs - aboveSinceMs >= upMs) {
            wanted = Math.max(wanted + 1, (int) Math.ceil(used / ((high + low) / 2)));
        } else if (below && nowMs - belowSinceMs >= downMs) {
            wanted--;
            belowSinceMs = -1;
        }
        return wanted != before && before > 0;
    }

    int wanted() {
        return wanted;
    }
}
