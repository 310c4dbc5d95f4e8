package io.penstock.exporter.cursor;

/**
 * Byte offsets of a cursor's file; no behaviour. Little endian.
 *
 * <pre>
 *   0       8         16      24      32                128              256
 *   +-------+---------+-------+-------+-----------------+----------------+----------------+- -
 *   | magic | version | epoch | CRC   | zeros           | state line A   | state line B   | zeros
 *   +-------+---------+-------+-------+-----------------+----------------+----------------+- -
 *   4096        4160                                                           8192
 *   +-----------+-----------+---                                         - - -+
 *   | take 0    | take 1    |  64 takes                                       |
 *   +-----------+-----------+---                                         - - -+
 *
 *   state line: serial | position | base | delivered | dead-lettered | dropped | CRC (8 bytes each)
 *   take:       state and CRC | first | end | records | delivered | dead-lettered | dropped | offers
 * </pre>
 *
 * <p>The two state lines are written in turn; the valid one with the higher serial counts. A take's
 * first word changes its state in one store; its checksum covers, besides the range, the counts
 * only when the state is committed, so that they can be written before it turns.
 */
public final class CursorLayout {
    /** Takes recorded at once. */
    public static final int SLOTS = 64;

    /** Length of the file. */
    public static final int FILE_BYTES = 8192;

    /** Format that this code writes; it reads no other. */
    public static final int VERSION = 1;

    /** "PENSTCUR". */
    static final long MAGIC = 0x525543_54534E4550L;

    static final int MAGIC_AT = 0;
    static final int VERSION_AT = 8;
    static final int EPOCH_AT = 16;
    static final int HEADER_CRC_AT = 24;
    static final int HEADER_BYTES = 32;

    static final int LINES_AT = 128;
    static final int LINE_BYTES = 128;
    static final int LINE_CRC_AT = 48;

    static final int SLOTS_AT = 4096;
    static final int SLOT_BYTES = 64;
    static final int SLOT_WORD = 0;
    static final int SLOT_FIRST = 8;
    static final int SLOT_END = 16;
    static final int SLOT_RECORDS = 24;
    static final int SLOT_DELIVERED = 32;
    static final int SLOT_DEAD_LETTERED = 40;
    static final int SLOT_DROPPED = 48;
    static final int SLOT_OFFERS = 56;

    private CursorLayout() {}
}
