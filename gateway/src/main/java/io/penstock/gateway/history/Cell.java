package io.penstock.gateway.history;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One interval of one series, and its bytes: {@code slot (8), seconds (4), values (20 x 4), CRC32C
 * of all before (4)}, big-endian.
 *
 * <p>Threading: immutable, as long as nobody writes to the array.
 *
 * @param slot number of the interval since 1970, in steps of {@link Archive#STEP_MS}
 * @param seconds of the interval that were watched
 * @param values by {@link LongGauge}; NaN where nothing is known
 */
@SuppressWarnings("ArrayRecordComponent") // ten thousand of them are read for one answer
public record Cell(long slot, float seconds, float[] values) {
    /** Values in a cell; the rest of those that its owner does not have is empty. */
    static final int VALUES = 20;

    /** Bytes of a cell. */
    static final int BYTES = Long.BYTES + Float.BYTES + VALUES * Float.BYTES + Integer.BYTES;

    /** When the interval began, in milliseconds since 1970. */
    public long startMs() {
        return slot * Archive.STEP_MS;
    }

    void put(ByteBuffer into) {
        int start = into.position();
        into.putLong(slot).putFloat(seconds);
        for (int i = 0; i < VALUES; i++) {
            into.putFloat(i < values.length ? values[i] : Float.NaN);
        }
        into.putInt(crc(into, start));
    }

    /** The cell that stands there; null for one that was torn, or was never written. */
    static @Nullable Cell get(ByteBuffer from, int start) {
        if (from.getInt(start + BYTES - Integer.BYTES) != crc(from, start)) {
            return null;
        }
        float[] values = new float[VALUES];
        for (int i = 0; i < VALUES; i++) {
            values[i] = from.getFloat(start + Long.BYTES + Float.BYTES * (i + 1));
        }
        return new Cell(from.getLong(start), from.getFloat(start + Long.BYTES), values);
    }

    private static int crc(ByteBuffer bytes, int start) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().position(start).limit(start + BYTES - Integer.BYTES));
        return (int) crc.getValue();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cell cell
                && slot == cell.slot
                && seconds == cell.seconds
                && Arrays.equals(values, cell.values);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(slot) * 31 + Arrays.hashCode(values);
    }
}
