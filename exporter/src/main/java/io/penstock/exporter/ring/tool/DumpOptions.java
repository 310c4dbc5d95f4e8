package io.penstock.exporter.ring.tool;

/**
 * What to dump.
 *
 * @param from first position
 * @param maxEntries entries at the most
 * @param bodies whether to copy the bodies
 */
public record DumpOptions(long from, long maxEntries, boolean bodies) {
    /** Everything but the bodies. */
    public static final DumpOptions ALL = new DumpOptions(0, Long.MAX_VALUE, false);

    /** Checks the ranges. */
    public DumpOptions {
        if (from < 0 || maxEntries < 1) {
            throw new IllegalArgumentException("from must be 0 or more, the limit 1 or more");
        }
    }
}
