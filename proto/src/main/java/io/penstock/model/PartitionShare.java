package io.penstock.model;

/**
 * A share of the partitions of a source's topics, named by one number from which everybody who
 * knows it, and nothing else, reckons the same partitions. So a table of assignments need not list
 * them, a partition that a topic gets later is in a share already, and two shares have a partition
 * in common exactly when {@link #overlaps} says so.
 *
 * <p>Shares are numbered as the nodes of a heap. Share 0 has all partitions; level l has {@code
 * 2^l} shares, {@code 2^l - 1} and what follows, of which the r-th (from 0) has the partitions
 * whose place ends in the l bits of r. The place of a partition is its number plus a number of its
 * topic, so that topics of few partitions do not all begin in the same share.
 *
 * <p>Threading: immutable.
 *
 * @param number from 0 to {@link #MAX_NUMBER}
 */
public record PartitionShare(int number) {

    /** The finest level: 1,024 shares. */
    public static final int MAX_LEVEL = 10;

    /** The last share of the finest level. */
    public static final int MAX_NUMBER = (2 << MAX_LEVEL) - 2;

    /** Checks the number. */
    public PartitionShare {
        if (number < 0 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("no share of partitions: " + number);
        }
    }

    /** The r-th share of a level. */
    public static PartitionShare of(int level, int r) {
        return new PartitionShare((1 << level) - 1 + r);
    }

    /** The coarsest level with so many shares or more; no finer than there is. */
    public static int levelFor(int shares) {
        int level = shares <= 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(shares - 1);
        return Math.min(MAX_LEVEL, level);
    }

    /** How often all partitions were halved. */
    public int level() {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(number + 1);
    }

    private int r() {
        return number + 1 - (1 << level());
    }

    /** Whether a partition is in it. */
    public boolean has(String topic, int partition) {
        return (place(topic, partition) & ((1 << level()) - 1)) == r();
    }

    /** Whether a partition is, or could be, in both. */
    public boolean overlaps(PartitionShare other) {
        int coarser = Math.min(level(), other.level());
        return ((r() ^ other.r()) & ((1 << coarser) - 1)) == 0;
    }

    /** Which of {@code parts} equal parts of the share a partition of it is in, from 0. */
    public int part(String topic, int partition, int parts) {
        return Integer.remainderUnsigned(place(topic, partition) >>> level(), parts);
    }

    /** {@code String.hashCode} is the same in every process; its low bits alone are uneven. */
    private static int place(String topic, int partition) {
        int hash = topic.hashCode() * 0x9E3779B9;
        return (hash >>> 16) + partition;
    }
}
