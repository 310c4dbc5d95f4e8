package io.penstock.exporter.record;

import io.penstock.exporter.text.Base64Text;
import io.penstock.exporter.text.Decimals;
import io.penstock.exporter.text.JsonText;
import io.penstock.exporter.text.Rfc3339Writer;
import io.penstock.exporter.text.Words;
import java.util.Arrays;

/**
 * Writes records as JSON objects, one behind another, into a buffer.
 *
 * <p>The time comes first, as RFC 3339, under the time key; when the batch has a field of that
 * name, the field wins, and the time is written only for records in which the field is absent. NaN
 * and infinities become null, opaque bytes base64 (RFC 4648 section 4), nested JSON stays JSON, on
 * one line.
 *
 * <p>Text is copied and looked at eight bytes at a time; keys are escaped once, when a field is
 * announced under a new name.
 *
 * <p>Threading: confined to one thread.
 */
public abstract sealed class JsonWriter implements RecordVisitor
        permits NdjsonWriter, JsonArrayWriter {

    /** The usual name of the time. */
    public static final String TIME_KEY = "time";

    /** Leaves the time out. */
    public static final String NO_TIME_KEY = "";

    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final int NO_FIELD = -1;

    /** Where the objects go. */
    final WriteBuffer out;

    private final byte separator;
    private final Rfc3339Writer times = new Rfc3339Writer();
    private final byte[] timeName;
    private final byte[] timeKey;
    // Per field: its name, and ,"name": in an array whose length is a multiple of eight.
    private byte[][] names = new byte[16][];
    private byte[][] keys = new byte[16][];
    private int[] keyLengths = new int[16];

    private int timeField = NO_FIELD;
    private boolean timeOwed;
    private long time;
    private int recordStart;

    JsonWriter(WriteBuffer out, String timeKey, char separator) {
        this.out = out;
        this.separator = (byte) separator;
        WriteBuffer name = new WriteBuffer(16);
        name.put(timeKey);
        this.timeName = name.toByteArray();
        this.timeKey = key(timeName);
    }

    @Override
    public final void resetFields() {
        timeField = NO_FIELD;
    }

    @Override
    public final void field(int number, byte[] name, int offset, int length) {
        if (number >= keys.length) {
            int room = Math.max(number + 1, keys.length * 2);
            names = Arrays.copyOf(names, room);
            keys = Arrays.copyOf(keys, room);
            keyLengths = Arrays.copyOf(keyLengths, room);
        }
        if (length == timeName.length && Words.equal(name, offset, timeName, 0, length)) {
            timeField = number;
        }
        byte[] known = names[number];
        if (known != null
                && known.length == length
                && Words.equal(name, offset, known, 0, length)) {
            return;
        }
        names[number] = Arrays.copyOfRange(name, offset, offset + length);
        byte[] key = key(names[number]);
        keyLengths[number] = key.length;
        keys[number] = Arrays.copyOf(key, key.length + 7 & ~7);
    }

    /** {@code ,"name":} */
    private static byte[] key(byte[] name) {
        WriteBuffer key = new WriteBuffer(JsonText.room(name.length) + 2);
        key.put((byte) ',');
        putText(key, key.length, name, 0, name.length);
        key.put((byte) ':');
        return key.toByteArray();
    }

    @Override
    public final void startRecord(long timeUnixNano) {
        recordStart = out.length;
        time = timeUnixNano;
        timeOwed = timeName.length > 0;
        if (timeOwed && timeField == NO_FIELD) {
            putTime();
        }
    }

    private void putTime() {
        timeOwed = false;
        out.reserve(timeKey.length + Rfc3339Writer.MAX_BYTES + 2);
        byte[] bytes = out.bytes;
        System.arraycopy(timeKey, 0, bytes, out.length, timeKey.length);
        int at = out.length + timeKey.length;
        bytes[at++] = '"';
        at = times.put(bytes, at, time);
        bytes[at++] = '"';
        out.length = at;
    }

    /** Writes the key and makes room for {@code valueBytes} behind it; the index behind the key. */
    private int key(int field, int valueBytes) {
        byte[] key = keys[field];
        out.reserve(key.length + valueBytes);
        byte[] bytes = out.bytes;
        int start = out.length;
        for (int i = 0; i < key.length; i += Long.BYTES) {
            Words.set(bytes, start + i, Words.get(key, i));
        }
        if (field == timeField) {
            timeOwed = false;
        }
        return start + keyLengths[field];
    }

    @Override
    public final void stringValue(int field, byte[] utf8, int offset, int length) {
        int at = key(field, JsonText.room(length));
        putText(out, at, utf8, offset, length);
    }

    private static void putText(WriteBuffer out, int at, byte[] utf8, int offset, int length) {
        int to = JsonText.put(utf8, offset, length, out.bytes, at);
        if (to == JsonText.ESCAPES) {
            out.length = at;
            out.reserve(JsonText.escapedRoom(utf8, offset, length));
            to = JsonText.putEscaped(utf8, offset, length, out.bytes, at);
        }
        out.length = to;
    }

    @Override
    public final void intValue(int field, long value) {
        int at = key(field, Decimals.MAX_BYTES);
        out.length = Decimals.put(out.bytes, at, value);
    }

    @Override
    public final void doubleValue(int field, double value) {
        if (Double.isFinite(value)) {
            int at = key(field, Decimals.MAX_BYTES);
            out.length = Decimals.put(out.bytes, at, value);
        } else {
            word(field, NULL);
        }
    }

    @Override
    public final void boolValue(int field, boolean value) {
        word(field, value ? TRUE : FALSE);
    }

    @Override
    public final void nullValue(int field) {
        word(field, NULL);
    }

    private void word(int field, byte[] word) {
        out.length = key(field, word.length);
        out.put(word, 0, word.length);
    }

    @Override
    public final void bytesValue(int field, byte[] bytes, int offset, int length) {
        int at = key(field, Base64Text.room(length) + 2);
        byte[] target = out.bytes;
        target[at] = '"';
        at = Base64Text.put(bytes, offset, length, target, at + 1);
        target[at] = '"';
        out.length = at + 1;
    }

    @Override
    public final void jsonValue(int field, byte[] json, int offset, int length) {
        int at = key(field, length);
        byte[] bytes = out.bytes;
        for (int i = 0; i < length; i++) {
            byte each = json[offset + i];
            // JSON allows line ends between tokens only, where a space does as well.
            bytes[at + i] = each == '\n' || each == '\r' ? (byte) ' ' : each;
        }
        out.length = at + length;
    }

    @Override
    public final void endRecord() {
        if (timeOwed) {
            putTime();
        }
        out.reserve(3);
        byte[] bytes = out.bytes;
        // Every key begins with a comma; the first one's is where the object begins.
        bytes[recordStart] = '{';
        int at = Math.max(out.length, recordStart + 1);
        bytes[at++] = '}';
        bytes[at++] = separator;
        out.length = at;
    }
}
