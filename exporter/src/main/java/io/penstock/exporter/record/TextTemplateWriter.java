package io.penstock.exporter.record;

import io.penstock.exporter.text.Base64Text;
import io.penstock.exporter.text.Decimals;
import io.penstock.exporter.text.Rfc3339Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes each record as one line after a {@link TextTemplate}, ended by LF. Values stand as they
 * are, but a line end inside one becomes a space; opaque bytes are base64, nested values JSON; what
 * a record does not have, or has as null, is written as the text for missing values.
 *
 * <p>Threading: confined to one thread.
 */
public final class TextTemplateWriter implements RecordVisitor {

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

    private final WriteBuffer out;
    private final TextTemplate template;
    private final byte[] missing;
    private final Rfc3339Writer times = new Rfc3339Writer();
    // The record in hand: per slot where its text lies in values; start < 0 for none.
    private final WriteBuffer values = new WriteBuffer(1024);
    private final int[] starts;
    private final int[] ends;
    private int[] slots = new int[16];

    /**
     * A writer.
     *
     * @param missing what stands for a value that a record does not have
     */
    public TextTemplateWriter(WriteBuffer out, TextTemplate template, String missing) {
        this.out = out;
        this.template = template;
        this.missing = missing.getBytes(StandardCharsets.UTF_8);
        starts = new int[template.slots()];
        ends = new int[template.slots()];
    }

    @Override
    public void resetFields() {
        Arrays.fill(slots, TextTemplate.Part.LITERAL);
    }

    @Override
    public void field(int number, byte[] name, int offset, int length) {
        if (number >= slots.length) {
            slots = Arrays.copyOf(slots, Math.max(number + 1, slots.length * 2));
        }
        int slot = template.slotOf(name, offset, length);
        slots[number] = slot == template.timeSlot() ? TextTemplate.Part.LITERAL : slot;
    }

    @Override
    public void startRecord(long timeUnixNano) {
        values.clear();
        Arrays.fill(starts, -1);
        int slot = template.timeSlot();
        if (slot >= 0) {
            values.reserve(Rfc3339Writer.MAX_BYTES);
            starts[slot] = 0;
            values.length = times.put(values.bytes, 0, timeUnixNano);
            ends[slot] = values.length;
        }
    }

    @Override
    public void stringValue(int field, byte[] utf8, int offset, int length) {
        if (begin(field, length)) {
            byte[] bytes = values.bytes;
            int to = values.length;
            for (int at = offset; at < offset + length; at++) {
                byte each = utf8[at];
                bytes[to++] = each == '\n' || each == '\r' ? (byte) ' ' : each;
            }
            values.length = to;
            end(field);
        }
    }

    @Override
    public void jsonValue(int field, byte[] json, int offset, int length) {
        stringValue(field, json, offset, length);
    }

    @Override
    public void intValue(int field, long value) {
        if (begin(field, Decimals.MAX_BYTES)) {
            values.length = Decimals.put(values.bytes, values.length, value);
            end(field);
        }
    }

    @Override
    public void doubleValue(int field, double value) {
        if (begin(field, Decimals.MAX_BYTES)) {
            if (Double.isFinite(value)) {
                values.length = Decimals.put(values.bytes, values.length, value);
            } else {
                values.put(Double.toString(value));
            }
            end(field);
        }
    }

    @Override
    public void boolValue(int field, boolean value) {
        byte[] word = value ? TRUE : FALSE;
        stringValue(field, word, 0, word.length);
    }

    @Override
    public void bytesValue(int field, byte[] bytes, int offset, int length) {
        if (begin(field, Base64Text.room(length))) {
            values.length = Base64Text.put(bytes, offset, length, values.bytes, values.length);
            end(field);
        }
    }

    @Override
    public void nullValue(int field) {
        // the same as an absent value
    }

    private boolean begin(int field, int room) {
        int slot = slots[field];
        if (slot < 0) {
            return false;
        }
        values.reserve(room);
        starts[slot] = values.length;
        return true;
    }

    private void end(int field) {
        ends[slots[field]] = values.length;
    }

    @Override
    public void endRecord() {
        for (TextTemplate.Part part : template.parts()) {
            int slot = part.slot();
            if (slot < 0) {
                out.put(part.literal(), 0, part.literal().length);
            } else if (starts[slot] < 0) {
                out.put(missing, 0, missing.length);
            } else {
                out.put(values.bytes, starts[slot], ends[slot] - starts[slot]);
            }
        }
        out.put((byte) '\n');
    }
}
