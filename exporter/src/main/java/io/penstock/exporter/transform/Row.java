package io.penstock.exporter.transform;

import io.penstock.exporter.expression.Expression;
import io.penstock.exporter.expression.FieldValues;
import io.penstock.exporter.expression.ValueKind;
import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.record.WriteBuffer;
import java.util.Arrays;

/**
 * The record in hand: per slot a kind, a number or a range of one buffer, and the order in which
 * the fields came.
 *
 * <p>Threading: confined to one thread.
 */
final class Row implements FieldValues {

    /** A slot whose value nobody wants. */
    static final int NOWHERE = -1;

    /** Most fields of a record: what a batch may hold (record.proto). */
    static final int MAX_FIELDS = 4096;

    private static final int UNPLACED = -1;

    private ValueKind[] kinds = new ValueKind[0];
    private long[] bits = new long[0];
    private int[] starts = new int[0];
    private int[] lengths = new int[0];
    // Per slot its index in order, and there the slot.
    private int[] places = new int[0];
    private int[] order = new int[16];
    private int placed;
    private final WriteBuffer text = new WriteBuffer(1024);
    private String fault = "";

    Row() {
        reserve(16);
    }

    /** Makes room for so many slots. */
    void reserve(int slots) {
        int room = kinds.length;
        if (slots <= room) {
            return;
        }
        int more = Math.max(slots, room * 2);
        kinds = Arrays.copyOf(kinds, more);
        bits = Arrays.copyOf(bits, more);
        starts = Arrays.copyOf(starts, more);
        lengths = Arrays.copyOf(lengths, more);
        places = Arrays.copyOf(places, more);
        Arrays.fill(kinds, room, more, ValueKind.ABSENT);
        Arrays.fill(places, room, more, UNPLACED);
    }

    /** Begins a record without fields. */
    void begin(long timeUnixNano) {
        for (int i = 0; i < placed; i++) {
            kinds[order[i]] = ValueKind.ABSENT;
            places[order[i]] = UNPLACED;
        }
        placed = 0;
        text.clear();
        time(timeUnixNano);
    }

    void time(long unixNano) {
        kinds[Expression.TIME_SLOT] = ValueKind.INTEGER;
        bits[Expression.TIME_SLOT] = unixNano;
    }

    long time() {
        return bits[Expression.TIME_SLOT];
    }

    @Override
    public ValueKind kind(int slot) {
        return kinds[slot];
    }

    @Override
    public long bits(int slot) {
        return bits[slot];
    }

    @Override
    public byte[] bytes() {
        return text.array();
    }

    @Override
    public int start(int slot) {
        return starts[slot];
    }

    @Override
    public int length(int slot) {
        return lengths[slot];
    }

    boolean isPresent(int slot) {
        return kinds[slot] != ValueKind.ABSENT;
    }

    /** Whether the slot holds a text, a nested value or bytes. */
    boolean isText(int slot) {
        ValueKind kind = kinds[slot];
        return kind == ValueKind.TEXT || kind == ValueKind.JSON || kind == ValueKind.BYTES;
    }

    /** Slots in the order of the fields; some may be absent by now. See {@link #placed}. */
    int placedSlot(int index) {
        return order[index];
    }

    int placed() {
        return placed;
    }

    /** Sets a number, true, false or null. */
    void set(int slot, ValueKind kind, long value) {
        if (place(slot)) {
            kinds[slot] = kind;
            bits[slot] = value;
        }
    }

    /** Sets a text, nested value or bytes; copied unless it lies in the row already. */
    void set(int slot, ValueKind kind, byte[] array, int offset, int length) {
        if (!place(slot)) {
            return;
        }
        kinds[slot] = kind;
        lengths[slot] = length;
        if (array == text.array()) {
            starts[slot] = offset;
        } else {
            starts[slot] = text.length();
            text.put(array, offset, length);
        }
    }

    /** The buffer of texts: a step may write there and {@link #setWritten} what it wrote. */
    WriteBuffer text() {
        return text;
    }

    /** Sets a text that stands at the end of the buffer, from {@code start} on. */
    void setWritten(int slot, int start) {
        if (place(slot)) {
            kinds[slot] = ValueKind.TEXT;
            starts[slot] = start;
            lengths[slot] = text.length() - start;
        }
    }

    void remove(int slot) {
        kinds[slot] = ValueKind.ABSENT;
    }

    /** Gives a value to another slot, in its place. */
    void move(int from, int to) {
        kinds[to] = kinds[from];
        bits[to] = bits[from];
        starts[to] = starts[from];
        lengths[to] = lengths[from];
        kinds[from] = ValueKind.ABSENT;
        if (places[to] == UNPLACED) {
            places[to] = places[from];
            order[places[to]] = to;
            places[from] = UNPLACED;
        }
    }

    /** Fields that are present. */
    int present() {
        compacted();
        return placed;
    }

    /** Whether no further field has room. */
    boolean isFull() {
        return placed == MAX_FIELDS && !compacted();
    }

    private boolean place(int slot) {
        if (slot == NOWHERE || (places[slot] == UNPLACED && isFull())) {
            return false;
        }
        if (places[slot] == UNPLACED) {
            if (placed == order.length) {
                order = Arrays.copyOf(order, Math.min(MAX_FIELDS, placed * 2));
            }
            places[slot] = placed;
            order[placed++] = slot;
        }
        return true;
    }

    /** Closes the gaps that absent fields left; whether there were any. */
    private boolean compacted() {
        int to = 0;
        for (int i = 0; i < placed; i++) {
            int slot = order[i];
            boolean kept = isPresent(slot);
            places[slot] = kept ? to : UNPLACED;
            order[to] = slot;
            to += kept ? 1 : 0;
        }
        boolean gaps = to < placed;
        placed = to;
        return gaps;
    }

    /** Why the record becomes a dead letter. */
    String fault() {
        return fault;
    }

    void fault(String why) {
        fault = why;
    }

    /** Says the value of a slot that is present. */
    void say(int slot, int field, RecordVisitor visitor) {
        int start = starts[slot];
        int length = lengths[slot];
        switch (kinds[slot]) {
            case TEXT -> visitor.stringValue(field, text.array(), start, length);
            case INTEGER -> visitor.intValue(field, bits[slot]);
            case REAL -> visitor.doubleValue(field, Double.longBitsToDouble(bits[slot]));
            case BOOLEAN -> visitor.boolValue(field, bits[slot] != 0);
            case BYTES -> visitor.bytesValue(field, text.array(), start, length);
            case JSON -> visitor.jsonValue(field, text.array(), start, length);
            case NULL -> visitor.nullValue(field);
            case ABSENT -> throw new IllegalStateException("nothing to say");
        }
    }
}
