package io.penstock.exporter.parquet;

import java.util.Arrays;

/**
 * The values of a column as numbers in its dictionary, and whether having one is worth it.
 *
 * <p>Threading: confined to one thread.
 */
final class DictionaryIds {

    /** Largest dictionary page; the usual one of other writers. */
    static final int MAX_BYTES = 1 << 20;

    /** Values before the share of new ones says anything. */
    private static final int TRIAL = 8192;

    private int[] ids = new int[64];
    private int count;
    private boolean open = true;
    private boolean useful = true;

    /** Whether values still go to the dictionary. */
    boolean open() {
        return open;
    }

    void add(int id) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, count * 2);
        }
        ids[count++] = id;
    }

    /** After a new entry: ends the dictionary when it is too large or nearly all values are new. */
    boolean endsWith(int entries, long bytes) {
        open = bytes <= MAX_BYTES && (count < TRIAL || entries < count - (count >>> 2));
        return !open;
    }

    int[] array() {
        return ids;
    }

    /** Values that are in the dictionary: the first so many. */
    int count() {
        return count;
    }

    /** Begins a row group; a dictionary that covered less than half of the last is not tried. */
    void reset(int values) {
        useful &= open || count >= values >>> 1;
        open = useful;
        count = 0;
        if (ids.length > Column.KEEP_BYTES / Integer.BYTES) {
            ids = new int[Column.KEEP_BYTES / Integer.BYTES];
        }
    }
}
