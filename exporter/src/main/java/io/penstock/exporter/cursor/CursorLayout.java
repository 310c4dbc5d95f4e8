package io.penstock.exporter.cursor;

/**
 * Byte offsets of a cursor's file; no behaviour. Little endian.
 *
 * <pre>
 *   0       8         16      24      32      40     48 128              256
 *   +-------+---------+-------+-------+-------+------+---+----------------+----------------+- -
 *   | magic | version | epoch | CRC   | began | ~    | 0 | state line A   | state line B   | zeros
 *   +-------+---------+-------+-------+-------+------+---+----------------+----------------+- -
 *   4096        4160                                                           8192
 *   +-----------+-----------+---                                         - - -+
 *   | take 0    | take 1    |  64 takes                                       |
 *   +-----------+-----------+---                                         - - -+
 *   8192                    8448                    8704                                40960
 *   +-----------------------+-----------------------+---                         - - -+
 *   | progress of take 0, A | progress of take 0, B |  64 pairs                       |
 *   +-----------------------+-----------------------+---                         - - -+
 *
 *   state line: serial | position | base | delivered | dead-lettered | dropped | CRC (8 bytes each)
 *   take:       state and CRC | first | end | records | delivered | dead-lettered | dropped | offers
 *   progress:   CRC | serial | first | end (8 bytes each) | records | length (4 bytes each) | bytes
 * </pre>
 *
 * <p>The two state lines are written in turn; the valid one with the higher serial counts. A take's
 * first word changes its state in one store; its checksum covers, besides the range, the counts
 * only when the state is committed, so that they can be written before it turns.
 *
 * <p>Began is the position at which the cursor was made, and its complement; zeros in files from
 * before that was noted, which nobody minds.
 *
 * <p>Progress is what an export notes about a take that is settled in part, in words of its own.
 * The two copies are written in turn like the state lines; a copy counts only for the run whose
 * range it names, so that nothing is cleared when a take's place is used anew.
 *
 * <p>Format 1 ends at 8192, without progress. It is read, used, and replaced when its ring is
 * opened and there is room.
 */
public final class CursorLayout {
    /** Takes recorded at once. */
    public static final int SLOTS = 64;

    /** Length of the file. */
    public static final int FILE_BYTES = 40_960;

    /** Format that this code writes. */
    public static final int VERSION = 2;

    /** The format before, which is read too, and its length. */
    static final int VERSION_WITHOUT_PROGRESS = 1;

    static final int FILE_BYTES_WITHOUT_PROGRESS = 8192;

    /** Bytes that an export may note about a take at the most. */
    public static final int MAX_PROGRESS_BYTES = 216;

    /** "PENSTCUR". */
    static final long MAGIC = 0x525543_54534E4550L;

    static final int MAGIC_AT = 0;
    static final int VERSION_AT = 8;
    static final int EPOCH_AT = 16;
    static final int HEADER_CRC_AT = 24;
    static final int HEADER_BYTES = 32;
    static final int BEGAN_AT = 32;
    static final int BEGAN_CHECK_AT = 40;

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

    static final int PROGRESS_AT = 8192;

    /** One of the two copies. */
    static final int PROGRESS_BYTES = 256;

    static final int PROGRESS_CRC = 0;
    static final int PROGRESS_SERIAL = 8;
    static final int PROGRESS_FIRST = 16;
    static final int PROGRESS_END = 24;
    static final int PROGRESS_RECORDS = 32;
    static final int PROGRESS_LENGTH = 36;
    static final int PROGRESS_BODY = 40;

    private CursorLayout() {}
}
