package io.penstock.exporter.record;

/** One JSON array of objects, between {@link #open} and {@link #close}. See {@link JsonWriter}. */
public final class JsonArrayWriter extends JsonWriter {

    /** A writer with {@link #TIME_KEY}. */
    public JsonArrayWriter(WriteBuffer out) {
        this(out, TIME_KEY);
    }

    /** A writer that names the time {@code timeKey}, or leaves it out for {@link #NO_TIME_KEY}. */
    public JsonArrayWriter(WriteBuffer out, String timeKey) {
        super(out, timeKey, ',');
    }

    /** Begins the array. */
    public void open() {
        out.put((byte) '[');
    }

    /**
     * Ends the array; takes back the comma behind the last record, which must still be in the
     * buffer.
     */
    public void close() {
        if (out.length > 0 && out.bytes[out.length - 1] == ',') {
            out.length--;
        }
        out.put((byte) ']');
    }
}
