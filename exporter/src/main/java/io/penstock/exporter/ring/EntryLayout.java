package io.penstock.exporter.ring;

/** Byte offsets of one entry; no behaviour. (Drawing to be added by the ring's author.) */
public final class EntryLayout {
    /** Bytes of an entry's header. */
    public static final int HEADER_BYTES = 64;

    /** Entries start at multiples of this. */
    public static final int ALIGNMENT = 8;

    private EntryLayout() {}

    /** Bytes that an entry with such a body takes in the ring. */
    public static long entryBytes(int bodyBytes) {
        return (HEADER_BYTES + (long) bodyBytes + ALIGNMENT - 1) & -ALIGNMENT;
    }
}
