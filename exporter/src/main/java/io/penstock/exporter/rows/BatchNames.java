package io.penstock.exporter.rows;

import io.penstock.exporter.record.WriteBuffer;
import java.util.Arrays;

/**
 * The field names of the batch in hand, by number.
 *
 * <p>Threading: confined to one thread.
 */
final class BatchNames {

    private final WriteBuffer names = new WriteBuffer(512);
    private int[] starts = new int[16];
    private int[] lengths = new int[16];

    void clear() {
        names.clear();
    }

    void put(int number, byte[] name, int offset, int length) {
        if (number >= starts.length) {
            int room = Math.max(number + 1, starts.length * 2);
            starts = Arrays.copyOf(starts, room);
            lengths = Arrays.copyOf(lengths, room);
        }
        starts[number] = names.length();
        lengths[number] = length;
        names.put(name, offset, length);
    }

    byte[] bytes() {
        return names.array();
    }

    int start(int number) {
        return starts[number];
    }

    int length(int number) {
        return lengths[number];
    }
}
