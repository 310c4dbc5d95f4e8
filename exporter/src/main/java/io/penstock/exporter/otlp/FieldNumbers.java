package io.penstock.exporter.otlp;

import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.text.Names;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The visitor's numbers for fields, announced as they turn up: by label, and for attributes by
 * label and key. A key that comes again is found without its prefix being put in front.
 *
 * <p>Threading: confined to one thread.
 */
final class FieldNumbers {
    /** Most fields announced at a time, as record.proto promises of a batch. */
    static final int MAX_FIELDS = 4096;

    static final int NOT_THERE = -1;

    private final int[] plain = new int[Signals.LABEL_COUNT];
    // By label: the keys seen, and their numbers.
    private final @Nullable Keys[] keyed = new @Nullable Keys[Signals.LABEL_COUNT];
    private final WriteBuffer name = new WriteBuffer(128);
    private int[] saidIn = new int[64];
    private int record;
    private int size;

    private static final class Keys {
        final Names names = new Names();
        int[] numbers = new int[32];
    }

    /** Forgets all numbers, and has the visitor forget them. */
    void reset(RecordVisitor visitor) {
        Arrays.fill(plain, NOT_THERE);
        for (Keys keys : keyed) {
            if (keys != null) {
                keys.names.clear();
            }
        }
        Arrays.fill(saidIn, 0);
        record = 0;
        size = 0;
        visitor.resetFields();
    }

    boolean full() {
        return size == MAX_FIELDS;
    }

    void beginRecord() {
        record++;
    }

    /** Whether this record has the field for the first time. */
    boolean first(int number) {
        boolean fresh = saidIn[number] != record;
        saidIn[number] = record;
        return fresh;
    }

    /** The number of a slot's field, or {@link #NOT_THERE}. */
    int find(Slots slots, int slot, byte[] batch) {
        Field field = slots.field(slot);
        if (field.kind != Kind.KEY_VALUE) {
            return plain[field.labelId];
        }
        Keys keys = keys(field);
        int known = keys.names.find(batch, slots.keyStart(slot), slots.keyLength(slot));
        return known == Names.NOT_THERE ? NOT_THERE : keys.numbers[known];
    }

    /** Announces the field of a slot, which is not there yet. */
    int add(Slots slots, int slot, byte[] batch, RecordVisitor visitor) {
        Field field = slots.field(slot);
        int number = size++;
        if (number == saidIn.length) {
            saidIn = Arrays.copyOf(saidIn, number * 2);
        }
        if (field.kind != Kind.KEY_VALUE) {
            plain[field.labelId] = number;
            visitor.field(number, field.label, 0, field.label.length);
            return number;
        }
        Keys keys = keys(field);
        int at = keys.names.add(batch, slots.keyStart(slot), slots.keyLength(slot));
        if (at == keys.numbers.length) {
            keys.numbers = Arrays.copyOf(keys.numbers, at * 2);
        }
        keys.numbers[at] = number;
        name.clear();
        name.put(field.label, 0, field.label.length);
        name.put(batch, slots.keyStart(slot), slots.keyLength(slot));
        visitor.field(number, name.array(), 0, name.length());
        return number;
    }

    private Keys keys(Field field) {
        Keys keys = keyed[field.labelId];
        if (keys == null) {
            keys = new Keys();
            keyed[field.labelId] = keys;
        }
        return keys;
    }
}
