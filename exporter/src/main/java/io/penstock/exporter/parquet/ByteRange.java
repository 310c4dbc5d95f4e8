package io.penstock.exporter.parquet;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Least and greatest of byte strings by unsigned bytes, the order of UTF8 and of no logical type.
 * None when one of the two is long: a shortened bound would not be UTF-8 for sure.
 *
 * <p>Threading: confined to one thread.
 */
final class ByteRange {

    private static final int MAX_BYTES = 256;
    private static final byte[] NOTHING = {};

    private byte[] least = NOTHING;
    private byte[] greatest = NOTHING;
    private boolean empty = true;

    void add(byte[] bytes, int offset, int length) {
        int end = offset + length;
        if (empty || Arrays.compareUnsigned(bytes, offset, end, least, 0, least.length) < 0) {
            least = Arrays.copyOfRange(bytes, offset, end);
        }
        if (empty || Arrays.compareUnsigned(bytes, offset, end, greatest, 0, greatest.length) > 0) {
            greatest = Arrays.copyOfRange(bytes, offset, end);
        }
        empty = false;
    }

    private boolean known() {
        return !empty && least.length <= MAX_BYTES && greatest.length <= MAX_BYTES;
    }

    byte @Nullable [] least() {
        return known() ? least : null;
    }

    byte @Nullable [] greatest() {
        return known() ? greatest : null;
    }

    void reset() {
        least = NOTHING;
        greatest = NOTHING;
        empty = true;
    }
}
