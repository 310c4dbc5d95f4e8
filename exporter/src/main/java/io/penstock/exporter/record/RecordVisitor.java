package io.penstock.exporter.record;

/**
 * What every encoding drives and every sink format consumes: records as a stream of calls, without
 * an object per record or value.
 *
 * <p>Order of calls: {@code field*} announcements interleave with records; each record is {@code
 * startRecord}, then at most one value call per announced field in any order, then {@code
 * endRecord}. A field without a call is absent; an explicit null is {@link #nullValue}. Field
 * numbers are small, dense and valid until {@link #resetFields}, which is called at the start of
 * every batch; announcing a name again gives a new number.
 *
 * <p>Byte arrays are lent for the duration of the call only.
 *
 * <p>Threading: confined to the thread that drives it.
 */
public interface RecordVisitor {

    /** All field numbers given so far are void; the next announced is 0. */
    void resetFields();

    /** Announces field {@code number}; {@code name} is UTF-8 and valid only during the call. */
    void field(int number, byte[] name, int offset, int length);

    /**
     * Begins a record.
     *
     * @param timeUnixNano time of the record, or the time of arrival where the record has none
     */
    void startRecord(long timeUnixNano);

    /** A text; well-formed UTF-8. */
    void stringValue(int field, byte[] utf8, int offset, int length);

    /**
     * A text that the driver has numbered: the same number, since the last {@link #resetFields}, is
     * the same text of the same field. Numbers are dense and begin with 0. Who can use that saves
     * comparing texts; to all others it is {@link #stringValue}.
     */
    default void numberedString(int field, int text, byte[] utf8, int offset, int length) {
        stringValue(field, utf8, offset, length);
    }

    /** An integer. */
    void intValue(int field, long value);

    /** A floating point number; may be NaN or infinite. */
    void doubleValue(int field, double value);

    /** A boolean. */
    void boolValue(int field, boolean value);

    /** Opaque bytes. */
    void bytesValue(int field, byte[] bytes, int offset, int length);

    /**
     * A nested JSON object or array, or a number that fits neither long nor double, as its own JSON
     * text.
     */
    void jsonValue(int field, byte[] json, int offset, int length);

    /** An explicit null. */
    void nullValue(int field);

    /** Ends the record. */
    void endRecord();
}
