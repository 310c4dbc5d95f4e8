package io.penstock.exporter.record;

/** One JSON object per line, each line ended by LF. See {@link JsonWriter}. */
public final class NdjsonWriter extends JsonWriter {

    /** A writer with {@link #TIME_KEY}. */
    public NdjsonWriter(WriteBuffer out) {
        this(out, TIME_KEY);
    }

    /** A writer that names the time {@code timeKey}, or leaves it out for {@link #NO_TIME_KEY}. */
    public NdjsonWriter(WriteBuffer out, String timeKey) {
        super(out, timeKey, '\n');
    }
}
