package io.penstock.exporter.otlp;

import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.record.WriteBuffer;
import java.util.Arrays;

/**
 * What was collected for the record in hand: a stack of values, those of the resource at the
 * bottom, each with the field it is of. A value is a number, or a range of the batch or of {@link
 * #text}. Popping a level makes the room free again.
 *
 * <p>Threading: confined to one thread.
 */
final class Slots {
    /** Answer for a field that has no slot. */
    static final int NONE = -1;

    private enum Is {
        INTEGER,
        REAL,
        BOOLEAN,
        NULL,
        TEXT,
        BYTES,
        OWN_TEXT,
        JSON
    }

    /** What was made out of the batch: nested values as JSON, ids as hexadecimal digits. */
    final WriteBuffer text = new WriteBuffer(1024);

    private Field[] fields = new Field[64];
    private Is[] kinds = new Is[64];
    private int[] keyStarts = new int[64];
    private int[] keyLengths = new int[64];
    private long[] bits = new long[64];
    private int[] starts = new int[64];
    private int[] lengths = new int[64];
    private final int[] lastOf = new int[Signals.LABEL_COUNT];
    private int count;
    private int levelStart;

    void clear() {
        count = 0;
        levelStart = 0;
        text.clear(1 << 20);
    }

    int count() {
        return count;
    }

    /** Begins a level; what to give {@link #pop} when it is over. */
    int push() {
        int outer = levelStart;
        levelStart = count;
        return outer;
    }

    /** Forgets the level in hand and what was made for it. */
    void pop(int outer, int textLength) {
        count = levelStart;
        levelStart = outer;
        text.truncate(textLength);
    }

    Field field(int slot) {
        return fields[slot];
    }

    int keyStart(int slot) {
        return keyStarts[slot];
    }

    int keyLength(int slot) {
        return keyLengths[slot];
    }

    /** The slot of a field in this level, or {@link #NONE}. */
    int find(Field field) {
        int slot = lastOf[field.labelId];
        boolean there = slot >= levelStart && slot < count && fields[slot].labelId == field.labelId;
        return there ? slot : NONE;
    }

    /** A slot for a value of a field: the last value counts, as protobuf has it. */
    int open(Field field) {
        int known = find(field);
        if (known != NONE) {
            return known;
        }
        lastOf[field.labelId] = count;
        return open(field, 0, 0);
    }

    /** A slot for an attribute, whose key lies in the batch. */
    int open(Field field, int keyStart, int keyLength) {
        if (count == fields.length) {
            grow();
        }
        fields[count] = field;
        keyStarts[count] = keyStart;
        keyLengths[count] = keyLength;
        kinds[count] = Is.NULL;
        return count++;
    }

    private void grow() {
        int room = count * 2;
        fields = Arrays.copyOf(fields, room);
        kinds = Arrays.copyOf(kinds, room);
        keyStarts = Arrays.copyOf(keyStarts, room);
        keyLengths = Arrays.copyOf(keyLengths, room);
        bits = Arrays.copyOf(bits, room);
        starts = Arrays.copyOf(starts, room);
        lengths = Arrays.copyOf(lengths, room);
    }

    void integer(int slot, long value) {
        kinds[slot] = Is.INTEGER;
        bits[slot] = value;
    }

    void real(int slot, long doubleBits) {
        kinds[slot] = Is.REAL;
        bits[slot] = doubleBits;
    }

    void bool(int slot, boolean value) {
        kinds[slot] = Is.BOOLEAN;
        bits[slot] = value ? 1 : 0;
    }

    void none(int slot) {
        kinds[slot] = Is.NULL;
    }

    /** A text that lies in the batch. */
    void text(int slot, int start, int length) {
        range(slot, Is.TEXT, start, length);
    }

    /** Bytes that lie in the batch. */
    void bytes(int slot, int start, int length) {
        range(slot, Is.BYTES, start, length);
    }

    /** A text that stands at the end of {@link #text}. */
    void ownText(int slot, int start) {
        range(slot, Is.OWN_TEXT, start, text.length() - start);
    }

    /** JSON that stands at the end of {@link #text}. */
    void json(int slot, int start) {
        range(slot, Is.JSON, start, text.length() - start);
    }

    private void range(int slot, Is kind, int start, int length) {
        kinds[slot] = kind;
        starts[slot] = start;
        lengths[slot] = length;
    }

    /** Says the value of a slot. */
    void say(int slot, byte[] batch, int number, RecordVisitor visitor) {
        int start = starts[slot];
        int length = lengths[slot];
        switch (kinds[slot]) {
            case INTEGER -> visitor.intValue(number, bits[slot]);
            case REAL -> visitor.doubleValue(number, Double.longBitsToDouble(bits[slot]));
            case BOOLEAN -> visitor.boolValue(number, bits[slot] != 0);
            case NULL -> visitor.nullValue(number);
            case TEXT -> visitor.stringValue(number, batch, start, length);
            case BYTES -> visitor.bytesValue(number, batch, start, length);
            case OWN_TEXT -> visitor.stringValue(number, text.array(), start, length);
            case JSON -> visitor.jsonValue(number, text.array(), start, length);
        }
    }
}
