package io.penstock.exporter.batching;

import io.penstock.exporter.record.JsonMember;
import io.penstock.exporter.record.NdjsonWriter;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.text.JsonObject;
import io.penstock.exporter.text.Names;
import io.penstock.exporter.text.Rfc3339Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gathers records whose values are told by name: {@link #begin}, one call per value, {@link #end};
 * at last {@link #finish}.
 *
 * <p>Two values of one name in a record are both kept: the later one gets {@code _1} behind its
 * name, the next {@code _2}, as InfluxDB's own SQL names a field that is called like a tag. The
 * record's time is its first value, {@code time}, after RFC 3339; a record without one has the time
 * of its arrival.
 *
 * <p>Threading: confined to one thread.
 */
public final class NamedBatches {

    /** Longest name, in bytes, of a value; what is put behind it still makes a field's name. */
    public static final int MAX_NAME_BYTES = 240;

    /** Most values of a record. */
    public static final int MAX_VALUES = 1024;

    private static final int MAX_NAMES = 4096;
    private static final int MAX_RECORDS = 1_000_000;
    private static final int FIRST_BYTES = 4096;
    private static final byte[] TIME = "time".getBytes(StandardCharsets.UTF_8);
    private static final byte[] INFINITE = "1e999".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEGATIVE = "-1e999".getBytes(StandardCharsets.UTF_8);

    private final Limits limits;
    private final WriteBuffer out = new WriteBuffer(FIRST_BYTES);
    private final NdjsonWriter writer = new NdjsonWriter(out, NdjsonWriter.NO_TIME_KEY);
    private final Names names = new Names();
    private final JsonMember members = new JsonMember();
    private final Rfc3339Writer times = new Rfc3339Writer();
    private final byte[] time = new byte[Rfc3339Writer.MAX_BYTES];
    private final List<byte[]> done = new ArrayList<>();
    private int[] seenIn = new int[64];
    private byte[] longer = new byte[MAX_NAME_BYTES + 16];
    private int record;
    private int recordStart;
    private int inBatch;
    private int records;
    private long doneBytes;
    private boolean full;

    /**
     * How much may be gathered; all batches together hold at most twice the bytes of one.
     *
     * @param maxRecordBytes largest record that a scan lets pass
     * @param maxBatchBytes largest batch, at least a record
     * @param maxBatches most batches
     */
    public record Limits(int maxRecordBytes, int maxBatchBytes, int maxBatches) {}

    /** Makes an empty one. */
    public NamedBatches(Limits limits) {
        this.limits = limits;
    }

    /**
     * Begins a record.
     *
     * @param timeUnixNano 0 for the time of arrival
     * @param most values that may follow
     * @return false when there may be none; then nothing was begun
     */
    public boolean begin(long timeUnixNano, int most) {
        if (most > MAX_VALUES) {
            return false;
        }
        full |= doneBytes + out.length() >= 2L * limits.maxBatchBytes();
        if (full) {
            return false;
        }
        if (names.size() + most >= MAX_NAMES) {
            names.clear();
            writer.resetFields();
        }
        record++;
        recordStart = out.length();
        writer.startRecord(0);
        int field = number(TIME, 0, TIME.length);
        seenIn[field] = record;
        if (timeUnixNano != 0) {
            int length = times.put(time, 0, timeUnixNano);
            writer.stringValue(field, time, 0, length);
        }
        return true;
    }

    /** Whether a record found no room: the request holds too much. */
    public boolean full() {
        return full;
    }

    /** A text, in UTF-8. */
    public void text(byte[] name, int at, int length, byte[] utf8, int from, int bytes) {
        writer.stringValue(field(name, at, length), utf8, from, bytes);
    }

    /** An integer. */
    public void integer(byte[] name, int at, int length, long value) {
        writer.intValue(field(name, at, length), value);
    }

    /**
     * A floating point number. NaN becomes null, what is infinite a number that no double holds.
     */
    public void real(byte[] name, int at, int length, double value) {
        int field = field(name, at, length);
        if (Double.isInfinite(value)) {
            byte[] number = value > 0 ? INFINITE : NEGATIVE;
            writer.jsonValue(field, number, 0, number.length);
        } else {
            writer.doubleValue(field, value);
        }
    }

    /** True or false. */
    public void bool(byte[] name, int at, int length, boolean value) {
        writer.boolValue(field(name, at, length), value);
    }

    /** The value of a member of a JSON object. */
    public void member(
            byte[] name, int at, int length, JsonObject object, int member, byte[] json) {
        members.say(object, member, json, field(name, at, length), writer);
    }

    /** The field of a name, with a number behind it if it is taken. */
    private int field(byte[] name, int at, int length) {
        int field = number(name, at, length);
        for (int twin = 1; seenIn[field] == record; twin++) {
            byte[] tail = ("_" + twin).getBytes(StandardCharsets.US_ASCII);
            if (longer.length < length + tail.length) {
                longer = new byte[length + tail.length];
            }
            System.arraycopy(name, at, longer, 0, length);
            System.arraycopy(tail, 0, longer, length, tail.length);
            field = number(longer, 0, length + tail.length);
        }
        seenIn[field] = record;
        return field;
    }

    private int number(byte[] name, int at, int length) {
        int field = names.find(name, at, length);
        if (field == Names.NOT_THERE) {
            field = names.add(name, at, length);
            writer.field(field, name, at, length);
            if (field == seenIn.length) {
                seenIn = Arrays.copyOf(seenIn, field * 2);
            }
            seenIn[field] = 0;
        }
        return field;
    }

    /**
     * Ends the record.
     *
     * @return false when it is over a limit; it is forgotten then
     */
    public boolean end() {
        writer.endRecord();
        int bytes = out.length() - recordStart;
        if (bytes > limits.maxRecordBytes()) {
            out.truncate(recordStart);
            return false;
        }
        if (inBatch == MAX_RECORDS || out.length() > limits.maxBatchBytes()) {
            cut(recordStart);
        }
        inBatch++;
        records++;
        return true;
    }

    /** Closes the batch in front of {@code end}; what lies behind begins the next. */
    private void cut(int end) {
        if (end > 0) {
            done.add(Arrays.copyOf(out.array(), end));
            doneBytes += end;
            byte[] rest = Arrays.copyOfRange(out.array(), end, out.length());
            out.clear();
            out.put(rest, 0, rest.length);
            inBatch = 0;
            full |= done.size() >= limits.maxBatches() - 1;
        }
    }

    /** Records that were ended. */
    public int records() {
        return records;
    }

    /** The bytes of all batches, in order, as NDJSON; begins anew. */
    public List<byte[]> finish() {
        cut(out.length());
        List<byte[]> all = List.copyOf(done);
        done.clear();
        out.clear(FIRST_BYTES);
        doneBytes = 0;
        full = false;
        records = 0;
        return all;
    }
}
