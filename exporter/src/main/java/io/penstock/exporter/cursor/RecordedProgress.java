package io.penstock.exporter.cursor;

/**
 * What an export noted about a take, as the file has it.
 *
 * <p>Threading: immutable as long as nobody writes the bytes.
 *
 * @param of whose it is
 * @param records records that the run had when it was noted
 * @param serial number of the note; the next one has the next number
 * @param bytes what was noted; empty unless it is the run's own
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record RecordedProgress(Of of, int records, long serial, byte[] bytes) {

    /** Whose progress stands in the place of a take. */
    public enum Of {
        /** Nobody's: neither copy has a right checksum. */
        NOBODY,
        /** That of a run which had the place before. */
        ANOTHER_RUN,
        /** The run's own. */
        THIS_RUN
    }

    static RecordedProgress none(Of of) {
        return new RecordedProgress(of, 0, 0, new byte[0]);
    }
}
