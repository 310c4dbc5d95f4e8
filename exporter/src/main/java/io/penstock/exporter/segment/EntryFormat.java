package io.penstock.exporter.segment;

/**
 * Byte offsets of one entry; no behaviour beyond sums. Little endian, at multiples of 8.
 *
 * <pre>
 *   0        8        12       16       20       24       32         40         48
 *   +--------+--------+--------+--------+--------+--------+----------+----------+--
 *   | commit | entry  | kind   | body   | records|position| producer | sequence |
 *   | word   | CRC32C | encod. | bytes  |        |        |          |          |
 *   +--------+--------+--------+--------+--------+--------+----------+----------+--
 *   48         56         60       64                  64 + body bytes, rounded up to 8
 *   +----------+----------+--------+-------------------+
 *   | arrived  | run back | header | body as it        |
 *   | ms       |          | CRC32C | arrived           |
 *   +----------+----------+--------+-------------------+
 * </pre>
 *
 * <ul>
 *   <li>The commit word is stored last, with release; see {@link CommitWord}.
 *   <li>The header's checksum covers bytes 12 to 60, the entry's the same and the body. With two of
 *       them an entry whose body went bad still says how many records it held.
 *   <li>The position makes stale bytes of an earlier lap, and bytes that a disk put elsewhere,
 *       recognisable; with the header's checksum it finds an entry again whose word went bad.
 *   <li>Run back: distance to the first entry of the put transaction in units of 8 bytes, 0 for the
 *       first one.
 * </ul>
 */
public final class EntryFormat {
    /** Everything in a segment lies at multiples of this. */
    public static final int ALIGNMENT = 8;

    /** Bytes of an entry's header. */
    public static final int HEADER_BYTES = 64;

    static final int WORD = 0;
    static final int ENTRY_CRC = 8;
    static final int KIND = 12;
    static final int ENCODING = 13;
    static final int BODY_BYTES = 16;
    static final int RECORDS = 20;
    static final int POSITION = 24;
    static final int PRODUCER = 32;
    static final int SEQUENCE = 40;
    static final int ARRIVED_MS = 48;
    static final int RUN_BACK = 56;
    static final int HEADER_CRC = 60;

    /** The one kind of entry so far: a batch as it arrived. */
    static final byte KIND_BATCH = 1;

    private EntryFormat() {}

    /** Bytes that an entry with such a body takes in a segment. */
    public static long entryBytes(int bodyBytes) {
        return (HEADER_BYTES + (long) bodyBytes + ALIGNMENT - 1) & -ALIGNMENT;
    }
}
