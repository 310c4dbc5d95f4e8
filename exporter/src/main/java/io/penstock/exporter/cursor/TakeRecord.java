package io.penstock.exporter.cursor;

/**
 * A take as the file records it.
 *
 * @param slot number of the record in the file
 * @param state what it says
 * @param first first position of the run
 * @param end position behind the run
 * @param delivered records delivered, when committed
 * @param deadLettered records dead-lettered, when committed
 * @param dropped records dropped, when committed
 * @param offers how often the run was offered
 */
public record TakeRecord(
        int slot,
        State state,
        long first,
        long end,
        long delivered,
        long deadLettered,
        long dropped,
        int offers) {

    /** State of a record, and the code that the file has for it. */
    public enum State {
        /** Unused. */
        FREE(0),
        /** Lent out. */
        OPEN(1),
        /** Settled out of order. */
        COMMITTED(2),
        /** Its checksum is wrong; never written. */
        DAMAGED(3);

        private final int code;

        State(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }
}
