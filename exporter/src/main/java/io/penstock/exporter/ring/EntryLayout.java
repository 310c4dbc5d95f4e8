package io.penstock.exporter.ring;

import io.penstock.exporter.segment.EntryFormat;

/**
 * Sizes that whoever appends must know; the bytes themselves are drawn in {@link EntryFormat}.
 *
 * <p>An entry is a header of {@value #HEADER_BYTES} bytes and the body as it arrived, filled up to
 * a multiple of {@value #ALIGNMENT}.
 */
public final class EntryLayout {
    /** Bytes of an entry's header. */
    public static final int HEADER_BYTES = EntryFormat.HEADER_BYTES;

    /** Entries start at multiples of this. */
    public static final int ALIGNMENT = EntryFormat.ALIGNMENT;

    private EntryLayout() {}

    /** Bytes that an entry with such a body takes in the ring. */
    public static long entryBytes(int bodyBytes) {
        return EntryFormat.entryBytes(bodyBytes);
    }
}
