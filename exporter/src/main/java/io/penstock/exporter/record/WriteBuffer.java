package io.penstock.exporter.record;

import io.penstock.exporter.text.Decimals;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A byte array that grows as it is written and is used again after {@link #clear}.
 *
 * <p>Whoever writes many small pieces calls {@link #reserve} once for a bound of them and then
 * writes into {@link #bytes} directly.
 *
 * <p>Threading: confined to one thread.
 */
public final class WriteBuffer {

    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    // Open to the writers of this package, which fill it without a call per byte.
    byte[] bytes;
    int length;

    /** An empty buffer with room for {@code capacityBytes}. */
    public WriteBuffer(int capacityBytes) {
        bytes = new byte[Math.max(64, capacityBytes)];
    }

    /** The array behind the buffer; replaced by any later write that needs more room. */
    public byte[] array() {
        return bytes;
    }

    /** How many bytes of {@link #array} are written. */
    public int length() {
        return length;
    }

    /** Forgets the content and keeps the room. */
    public void clear() {
        length = 0;
    }

    /** Forgets the content; room over {@code keepBytes} is given back to the heap. */
    public void clear(int keepBytes) {
        length = 0;
        if (bytes.length > keepBytes) {
            bytes = new byte[Math.max(64, keepBytes)];
        }
    }

    /** Cuts the content off behind {@code newLength}. */
    public void truncate(int newLength) {
        if (newLength < 0 || newLength > length) {
            throw new IndexOutOfBoundsException(newLength + " of " + length);
        }
        length = newLength;
    }

    /**
     * Makes room for {@code more} bytes behind the content.
     *
     * @throws OutOfMemoryError when the content would not fit into an array
     */
    public void reserve(int more) {
        if (bytes.length - length < more) {
            grow(more);
        }
    }

    private void grow(int more) {
        long wanted = (long) length + more;
        if (wanted > MAX_ARRAY) {
            throw new OutOfMemoryError("buffer of " + wanted + " bytes");
        }
        long roomy = Math.max(wanted, bytes.length + (bytes.length >>> 1));
        bytes = Arrays.copyOf(bytes, (int) Math.min(roomy, MAX_ARRAY));
    }

    /** Makes the content longer by {@code more} bytes, to be written by the caller; their index. */
    public int extend(int more) {
        reserve(more);
        int start = length;
        length += more;
        return start;
    }

    /** Writes one byte. */
    public void put(byte value) {
        reserve(1);
        bytes[length++] = value;
    }

    /** Writes a piece of an array. */
    public void put(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    /** Writes a text as UTF-8. */
    public void put(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        put(utf8, 0, utf8.length);
    }

    /** Writes an integer as decimal text. */
    public void putDecimal(long value) {
        reserve(Decimals.MAX_BYTES);
        length = Decimals.put(bytes, length, value);
    }

    /** Writes a finite number as decimal text that reads back as the same double. */
    public void putDecimal(double value) {
        reserve(Decimals.MAX_BYTES);
        length = Decimals.put(bytes, length, value);
    }

    /** A copy of the content. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** The content as text, for people. */
    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
