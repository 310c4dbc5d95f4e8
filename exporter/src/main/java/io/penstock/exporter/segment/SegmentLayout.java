package io.penstock.exporter.segment;

/**
 * Byte offsets of a segment file; no behaviour. Little endian.
 *
 * <pre>
 *   0       8         12        16      24      32     40        48      52
 *   +-------+---------+---------+-------+-------+------+---------+-------+-- - -
 *   | magic | version | segment | epoch | index | salt | created | CRC   | zeros
 *   |       |         | bytes   |       |       |      | ms      | 32C   |
 *   +-------+---------+---------+-------+-------+------+---------+-------+-- - -
 *   4096                                                          segment bytes
 *   +---------+-----+---------+---------+- - -          - - -+-----+
 *   | entry   | pad | entry   | entry   |                    | pad |
 *   +---------+-----+---------+---------+- - -          - - -+-----+
 * </pre>
 *
 * <p>A position is {@code index * segment bytes + offset in the file}.
 */
public final class SegmentLayout {
    /** Entries start here. */
    public static final int DATA_START = 4096;

    /** Smallest file: for tests. */
    public static final int MIN_BYTES = 64 * 1024;

    /** Largest file: what 24 bits of 8-byte units in a {@link CommitWord} can span. */
    public static final int MAX_BYTES = 128 * 1024 * 1024;

    /** Format that this code writes; it reads no other. */
    public static final int VERSION = 1;

    /** "PENSTSEG". */
    static final long MAGIC = 0x474553_54534E4550L;

    static final int MAGIC_AT = 0;
    static final int VERSION_AT = 8;
    static final int BYTES_AT = 12;
    static final int EPOCH_AT = 16;
    static final int INDEX_AT = 24;
    static final int SALT_AT = 32;
    static final int CREATED_AT = 40;
    static final int CRC_AT = 48;
    static final int HEADER_BYTES = 52;

    private SegmentLayout() {}
}
