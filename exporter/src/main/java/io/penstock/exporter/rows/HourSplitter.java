package io.penstock.exporter.rows;

import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.schema.ValueKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parts the records of a delivery by the hour of their time. Order of calls: {@link #clear}, the
 * visitor's calls, then {@link #hours} and {@link #frame}.
 *
 * <p>Threading: confined to one thread.
 */
public final class HourSplitter implements RecordVisitor {

    /** Length of an hour. */
    public static final long HOUR_NANOS = 3_600_000_000_000L;

    private final int maxHours;
    private final BatchNames names = new BatchNames();
    private final Map<Long, Frame> frames = new LinkedHashMap<>();
    private final List<Frame> spare = new ArrayList<>();
    private final WriteBuffer out = new WriteBuffer(1024);
    private int batch;
    private boolean overflown;
    // The frame of the record in hand, and its hour, when there was a record.
    private Frame frame = new Frame();
    private long hourStart;
    private boolean inHour;

    /** A splitter for deliveries of at most so many hours. */
    public HourSplitter(int maxHours) {
        this.maxHours = maxHours;
    }

    /** Forgets the last delivery. */
    public void clear() {
        spare.addAll(frames.values());
        frames.clear();
        // One hour is the rule; memory that a delivery of many took is given back.
        spare.subList(Math.min(1, spare.size()), spare.size()).clear();
        batch = 0;
        inHour = false;
        overflown = false;
    }

    /** Whether there were records of more hours than allowed; {@link #hours} lacks some then. */
    public boolean overflown() {
        return overflown;
    }

    /** Hours since the epoch of the records seen, in the order of the first of each. */
    public List<Long> hours() {
        return List.copyOf(frames.keySet());
    }

    /** The frame of an hour; lent until the next call. */
    public WriteBuffer frame(long hour) {
        Frame wanted = frames.get(hour);
        if (wanted == null) {
            throw new IllegalArgumentException("no records of hour " + hour);
        }
        out.clear();
        wanted.writeTo(out);
        return out;
    }

    @Override
    public void resetFields() {
        batch++;
        names.clear();
    }

    @Override
    public void field(int number, byte[] name, int offset, int length) {
        names.put(number, name, offset, length);
    }

    @Override
    public void startRecord(long timeUnixNano) {
        // as one unsigned comparison: not before the hour and not behind it
        long sinceHour = timeUnixNano - hourStart;
        if (!inHour || Long.compareUnsigned(sinceHour, HOUR_NANOS) >= 0) {
            long hour = Math.floorDiv(timeUnixNano, HOUR_NANOS);
            frame = frameOf(hour);
            hourStart = hour * HOUR_NANOS;
            inHour = true;
        }
        frame.startRow(batch, timeUnixNano);
    }

    private Frame frameOf(long hour) {
        Frame known = frames.get(hour);
        if (known != null) {
            return known;
        }
        Frame fresh = spare.isEmpty() ? new Frame() : spare.remove(spare.size() - 1);
        fresh.clear();
        if (frames.size() == maxHours) {
            overflown = true;
        } else {
            frames.put(hour, fresh);
        }
        return fresh;
    }

    @Override
    public void stringValue(int field, byte[] utf8, int offset, int length) {
        frame.text(names, field, utf8, offset, length);
    }

    @Override
    public void intValue(int field, long value) {
        frame.number(names, field, value);
    }

    @Override
    public void doubleValue(int field, double value) {
        frame.real(names, field, value);
    }

    @Override
    public void boolValue(int field, boolean value) {
        frame.truth(names, field, value);
    }

    @Override
    public void bytesValue(int field, byte[] bytes, int offset, int length) {
        frame.bytes(names, field, ValueKind.BYTES, bytes, offset, length);
    }

    @Override
    public void jsonValue(int field, byte[] json, int offset, int length) {
        frame.bytes(names, field, ValueKind.JSON, json, offset, length);
    }

    @Override
    public void nullValue(int field) {
        frame.nothing(names, field);
    }

    @Override
    public void endRecord() {
        frame.endRow();
    }
}
