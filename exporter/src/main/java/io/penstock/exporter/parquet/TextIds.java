package io.penstock.exporter.parquet;

import java.util.Arrays;

/**
 * At the driver's number of a text: its number in the dictionary of its column, as far as known.
 *
 * <p>Threading: confined to one thread.
 */
final class TextIds {

    // Id + 1, so that zeros are unknown.
    private int[] ids = new int[64];
    private int used;

    /** Forgets all. */
    void clear() {
        Arrays.fill(ids, 0, used, 0);
        used = 0;
    }

    /** The id, or {@link BinaryColumn#NO_ID}. */
    int find(int text) {
        return text < used ? ids[text] - 1 : BinaryColumn.NO_ID;
    }

    void put(int text, int id) {
        if (text >= ids.length) {
            ids = Arrays.copyOf(ids, Math.max(text + 1, ids.length * 2));
        }
        ids[text] = id + 1;
        used = Math.max(used, text + 1);
    }
}
