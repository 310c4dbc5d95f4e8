package io.penstock.exporter.record;

import io.penstock.exporter.text.Words;

/**
 * A cursor over protobuf in one array: the plain sibling of {@link ByteChunks}, for bytes that have
 * been staged. Reads throw {@link MalformedBatchException}; a batch that passed the scan at the
 * door can still hold a bad record.
 *
 * <p>Threading: confined to one thread.
 */
public final class WireReader {

    private static final int MAX_VARINT_BYTES = 10;

    byte[] bytes = new byte[0];
    int at;
    private int start;

    /** Puts the cursor on {@code offset}; faults will be counted from there. */
    public void wrap(byte[] source, int offset) {
        bytes = source;
        at = offset;
        start = offset;
    }

    /** Index of the next byte. */
    public int at() {
        return at;
    }

    /** Goes on at an index of the array. */
    public void seek(int index) {
        at = index;
    }

    /** The array. */
    public byte[] bytes() {
        return bytes;
    }

    /** Ends the reading with a fault that shows at {@code position} of the array. */
    public MalformedBatchException fault(int position, String reason) {
        int offset = position - start;
        return new MalformedBatchException(
                new BatchFault(
                        BatchFault.Kind.MALFORMED, offset, "byte " + offset + ": " + reason));
    }

    /** Reads a number of up to ten bytes. */
    public long varint(int end) {
        if (at < end) {
            byte first = bytes[at];
            if (first >= 0) {
                at++;
                return first;
            }
        }
        return longVarint(end);
    }

    private long longVarint(int end) {
        int from = at;
        long value = 0;
        for (int read = 0; read < MAX_VARINT_BYTES; read++) {
            if (at >= end) {
                throw fault(from, "the bytes end inside a number");
            }
            byte next = bytes[at++];
            value |= (next & 0x7FL) << (7 * read);
            if (next >= 0) {
                return value;
            }
        }
        throw fault(from, "a number is longer than ten bytes");
    }

    /** Reads a tag. */
    public int tag(int end) {
        int from = at;
        long tag = varint(end);
        if (tag >>> 3 == 0 || tag >>> 32 != 0) {
            throw fault(from, "no field has tag " + Long.toUnsignedString(tag));
        }
        return (int) tag;
    }

    /** Reads a length prefix and checks that as many bytes stand before {@code end}. */
    public int size(int end) {
        int from = at;
        long size = varint(end);
        if (size < 0 || size > end - at) {
            throw fault(
                    from,
                    "a length says "
                            + Long.toUnsignedString(size)
                            + " bytes, "
                            + (end - at)
                            + " are left");
        }
        return (int) size;
    }

    /** Reads eight bytes, lowest first. */
    public long fixed64(int end) {
        if (end - at < Long.BYTES) {
            throw fault(at, "the bytes end inside a number");
        }
        long value = Words.get(bytes, at);
        at += Long.BYTES;
        return value;
    }

    /** Reads four bytes, lowest first, as a number without a sign. */
    public long fixed32(int end) {
        if (end - at < Integer.BYTES) {
            throw fault(at, "the bytes end inside a number");
        }
        long value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            value |= (bytes[at++] & 0xffL) << shift;
        }
        return value;
    }

    /** Passes over the value of a field that nobody here knows, by the wire type in its tag. */
    public void skipValue(int tag, int end) {
        int from = at;
        switch (tag & 7) {
            case Wire.VARINT -> varint(end);
            case Wire.FIXED64 -> skip(Long.BYTES, end);
            case Wire.LENGTH -> skip(size(end), end);
            case Wire.FIXED32 -> skip(Integer.BYTES, end);
            default -> throw fault(from, "field " + (tag >>> 3) + " has wire type " + (tag & 7));
        }
    }

    private void skip(int count, int end) {
        if (end - at < count) {
            throw fault(at, "the bytes end early");
        }
        at += count;
    }
}
