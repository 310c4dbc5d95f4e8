package io.penstock.exporter.record;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that lie in a list of heap arrays, as a network hands them over, and a cursor that reads
 * them as one run of protobuf or plain bytes.
 *
 * <p>Use: {@link #add} every chunk, {@link #range} to choose what to read, then read. A read that
 * would leave the range, or meets a varint longer than ten bytes, returns 0 and leaves a {@link
 * #fault}, which sticks until the next {@link #range}: a loop reads on blindly and looks once.
 * After a fault the range counts as exhausted, so that no loop runs on.
 *
 * <p>The chunks are not copied and must stay as they are until {@link #clear}, unless they are
 * {@linkplain #gather gathered}.
 *
 * <p>Threading: confined to one thread.
 */
public final class ByteChunks {

    /** Takes a range piece by piece. */
    @FunctionalInterface
    public interface PieceVisitor {
        /** One piece of the range, lent for the duration of the call. */
        void piece(byte[] array, int offset, int length);
    }

    private static final byte[] NOTHING = new byte[0];
    private static final int MAX_VARINT_BYTES = 10;

    /** Chunks of fewer bytes are copied together, from the second in a row on. */
    private static final int SMALL_BYTES = 256;

    private static final int GATHERED_BYTES = 4096;

    private byte[][] arrays = new byte[4][];
    private int[] offsets = new int[4];
    // starts[i] is the position of the first byte of chunk i; starts[count] is the total length.
    private int[] starts = new int[5];
    private int count;
    // The array of the last chunk, if small chunks are copied into it.
    private byte @Nullable [] gathered;

    // The cursor: index runs in array up to stop; position = index + base.
    private byte[] array = NOTHING;
    private int index;
    private int stop;
    private int base;
    private int chunk;
    private int limit;
    private @Nullable String fault;
    private int faultAt;

    /**
     * Appends a chunk as it lies.
     *
     * @throws IllegalArgumentException when all chunks together exceed 2 GiB
     */
    public void add(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return;
        }
        if (count == offsets.length) {
            arrays = Arrays.copyOf(arrays, count * 2);
            offsets = Arrays.copyOf(offsets, count * 2);
            starts = Arrays.copyOf(starts, count * 2 + 1);
        }
        int end = starts[count] + length;
        if (end < 0) {
            throw new IllegalArgumentException("chunks over 2 GiB");
        }
        arrays[count] = bytes;
        offsets[count] = offset;
        starts[++count] = end;
        gathered = null;
    }

    /**
     * Appends a chunk that somebody sent who is not trusted. A small one costs its sender next to
     * nothing, and some hundred bytes to keep as it lies; so small ones in a row are copied
     * together, and a megabyte that comes byte by byte takes a megabyte.
     *
     * @throws IllegalArgumentException when all chunks together exceed 2 GiB
     */
    public void gather(byte[] bytes, int offset, int length) {
        int used = count == 0 ? SMALL_BYTES : starts[count] - starts[count - 1];
        byte[] last = gathered;
        if (length >= SMALL_BYTES || (last == null && used >= SMALL_BYTES)) {
            add(bytes, offset, length);
        } else if (last != null && length <= last.length - used) {
            System.arraycopy(bytes, offset, last, used, length);
            starts[count] += length;
        } else {
            byte[] fresh = new byte[GATHERED_BYTES];
            System.arraycopy(bytes, offset, fresh, 0, length);
            add(fresh, 0, length);
            gathered = fresh;
        }
    }

    /** Forgets all chunks and lets go of their arrays. */
    public void clear() {
        Arrays.fill(arrays, 0, count, null);
        count = 0;
        gathered = null;
        range(0, 0);
    }

    /** Bytes in all chunks. */
    public int length() {
        return starts[count];
    }

    /**
     * Puts the cursor on {@code [from, from + length)} and forgets a fault.
     *
     * @throws IndexOutOfBoundsException when the chunks hold less
     */
    public void range(int from, int length) {
        if (from < 0 || length < 0 || length > length() - from) {
            throw new IndexOutOfBoundsException(from + "+" + length + " of " + length());
        }
        fault = null;
        limit = from + length;
        chunk = chunkOf(from);
        if (chunk < count) {
            open(from - starts[chunk]);
        } else {
            array = NOTHING;
            index = 0;
            stop = 0;
            base = from;
        }
    }

    private int chunkOf(int position) {
        int at = Arrays.binarySearch(starts, 0, count, position);
        int found = at >= 0 ? at : -at - 2;
        return count == 0 || position >= starts[count] ? count : found;
    }

    private void open(int skip) {
        array = arrays[chunk];
        base = starts[chunk] - offsets[chunk];
        index = offsets[chunk] + skip;
        stop = Math.min(starts[chunk + 1], limit) - base;
    }

    /** Where the cursor stands, counted from the first byte of the first chunk. */
    public int position() {
        return index + base;
    }

    /** Bytes left in the range. */
    public int remaining() {
        return limit - position();
    }

    /** Whether nothing is left to read, be it for a fault. */
    public boolean exhausted() {
        return index == stop && limit == index + base;
    }

    /** What went wrong since {@link #range}, or null. */
    public @Nullable String fault() {
        return fault;
    }

    /** Position at which the {@link #fault} shows. */
    public int faultAt() {
        return faultAt;
    }

    /** Records a fault, unless there is one, and ends the range. Always returns 0. */
    public int fail(String reason, int position) {
        if (fault == null) {
            fault = reason;
            faultAt = position;
        }
        index = 0;
        stop = 0;
        base = limit;
        return 0;
    }

    /** Reads a varint of up to ten bytes; a negative number has its top bit set. */
    public long varint() {
        if (index < stop) {
            byte first = array[index];
            if (first >= 0) {
                index++;
                return first;
            }
        }
        return longVarint();
    }

    private long longVarint() {
        int from = position();
        long value = 0;
        for (int read = 0; read < MAX_VARINT_BYTES; read++) {
            if (index == stop && !nextChunk()) {
                return fail("the bytes end inside a number", from);
            }
            byte next = array[index++];
            value |= (next & 0x7FL) << (7 * read);
            if (next >= 0) {
                return value;
            }
        }
        return fail("a number is longer than ten bytes", from);
    }

    /** Reads a tag; 0 stands for a fault, as no field has number 0. */
    public int tag() {
        int from = position();
        long tag = varint();
        if (tag >>> 3 == 0 || tag >>> 32 != 0) {
            return fail("no field has tag " + Long.toUnsignedString(tag), from);
        }
        return (int) tag;
    }

    /** Reads a length prefix and checks that as many bytes follow. */
    public int size() {
        int from = position();
        long size = varint();
        if (size < 0 || size > remaining()) {
            return fail(
                    "a length says "
                            + Long.toUnsignedString(size)
                            + " bytes, "
                            + remaining()
                            + " are left",
                    from);
        }
        return (int) size;
    }

    /** Reads eight bytes, lowest first. */
    public long fixed64() {
        int from = position();
        if (remaining() < Long.BYTES) {
            return fail("the bytes end inside a number", from);
        }
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            if (index == stop) {
                nextChunk();
            }
            value |= (array[index++] & 0xffL) << shift;
        }
        return value;
    }

    /** Passes over {@code bytes} bytes. */
    public void skip(int bytes) {
        if (bytes <= stop - index) {
            index += bytes;
        } else if (bytes > remaining()) {
            fail("the bytes end early", position());
        } else {
            int target = position() + bytes;
            while (starts[chunk + 1] < target) {
                chunk++;
            }
            open(target - starts[chunk]);
        }
    }

    /**
     * Passes over {@code length} bytes if they are those of an array and lie in one chunk.
     *
     * @return whether they were; if not, the cursor stays
     */
    public boolean skipIf(byte[] expected, int length) {
        if (length > stop - index
                || !Arrays.equals(array, index, index + length, expected, 0, length)) {
            return false;
        }
        index += length;
        return true;
    }

    /** Whether the next byte is there, in this chunk, and is {@code value}. */
    public boolean nextIs(int value) {
        return index < stop && array[index] == (byte) value;
    }

    /**
     * Passes over fields of one tag, one after the other, as long as each is of 1 to {@code
     * maxBytes} bytes and lies whole in this chunk. Stops in front of the first that is not so,
     * which may well be a good one.
     *
     * @param tag tag of a length-delimited field with a number below 16: one byte
     * @param maxFields fields passed at the most
     * @return how many were passed
     */
    public int skipRun(int tag, int maxBytes, int maxFields) {
        byte[] bytes = array;
        int end = stop;
        int at = index;
        int passed = 0;
        // a tag and a length of up to two bytes: what is longer goes the long way
        while (passed < maxFields && end - at >= 3 && bytes[at] == (byte) tag) {
            int size = bytes[at + 1];
            int body = at + 2;
            if (size < 0) {
                size = (size & 0x7F) | (bytes[at + 2] << 7);
                body++;
            }
            if (size <= 0 || size > maxBytes || size > end - body) {
                break;
            }
            at = body + size;
            passed++;
        }
        index = at;
        return passed;
    }

    /** Passes over the value of a field that nobody here knows, by the wire type in its tag. */
    public void skipValue(int tag) {
        switch (tag & 7) {
            case Wire.VARINT -> varint();
            case Wire.FIXED64 -> skip(Long.BYTES);
            case Wire.LENGTH -> skip(size());
            case Wire.FIXED32 -> skip(Integer.BYTES);
            default -> fail("field " + (tag >>> 3) + " has wire type " + (tag & 7), position());
        }
    }

    /** Reads {@code length} bytes into an array. */
    public void read(byte[] target, int offset, int length) {
        if (length > remaining()) {
            fail("the bytes end early", position());
            return;
        }
        int done = 0;
        while (done < length) {
            if (index == stop) {
                nextChunk();
            }
            int piece = Math.min(length - done, stop - index);
            System.arraycopy(array, index, target, offset + done, piece);
            index += piece;
            done += piece;
        }
    }

    /**
     * Hands out {@code [from, from + length)}, in order; the cursor stays where it is.
     *
     * @throws IndexOutOfBoundsException when the chunks hold less
     */
    public void forEach(int from, int length, PieceVisitor visitor) {
        if (from < 0 || length < 0 || length > length() - from) {
            throw new IndexOutOfBoundsException(from + "+" + length + " of " + length());
        }
        int end = from + length;
        int at = from;
        for (int i = chunkOf(from); at < end; i++) {
            int piece = Math.min(starts[i + 1], end) - at;
            visitor.piece(arrays[i], offsets[i] + at - starts[i], piece);
            at += piece;
        }
    }

    private boolean nextChunk() {
        if (position() >= limit) {
            return false;
        }
        chunk++;
        open(0);
        return true;
    }
}
