package io.penstock.exporter.schema;

import io.penstock.exporter.text.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Every field that some records have, in the order in which they were first seen, with the kinds of
 * its values.
 *
 * <p>Threading: confined to one thread.
 */
public final class FieldUnion {

    private final Names numbers = new Names();
    private final List<byte[]> names = new ArrayList<>();
    private int[] kinds = new int[32];

    /** The number of a field, which is added when it is new. */
    public int add(byte[] name, int offset, int length) {
        int known = numbers.find(name, offset, length);
        if (known != Names.NOT_THERE) {
            return known;
        }
        names.add(Arrays.copyOfRange(name, offset, offset + length));
        if (names.size() > kinds.length) {
            kinds = Arrays.copyOf(kinds, kinds.length * 2);
        }
        return numbers.add(name, offset, length);
    }

    /** The number of a field, or {@link Names#NOT_THERE}. */
    public int find(byte[] name, int offset, int length) {
        return numbers.find(name, offset, length);
    }

    /** Adds kinds, a set of {@link ValueKind#bit}, to those of a field. */
    public void mark(int field, int moreKinds) {
        kinds[field] |= moreKinds;
    }

    /** The kinds of a field's values as a set of {@link ValueKind#bit}; empty for nulls alone. */
    public int kinds(int field) {
        return kinds[field];
    }

    /** How many fields there are. */
    public int size() {
        return names.size();
    }

    /** Name of a field in UTF-8; not to be written to. */
    public byte[] name(int field) {
        return names.get(field);
    }
}
