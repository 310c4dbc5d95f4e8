package io.penstock.exporter.schema;

import io.penstock.exporter.text.Names;
import java.util.Arrays;

/**
 * The numbers that a {@link FieldUnion} gives to the fields of the batch in hand, by the numbers
 * that the batch gives them. Those of an earlier batch are overwritten as fields are announced.
 *
 * <p>Threading: confined to one thread.
 */
public final class UnionNumbers {

    private final FieldUnion union;
    private int[] fields = new int[32];

    /** Numbers of a union. */
    public UnionNumbers(FieldUnion union) {
        this.union = union;
    }

    /** Announces a field, which the union takes in when it is new. */
    void add(int number, byte[] name, int offset, int length) {
        put(number, union.add(name, offset, length));
    }

    /**
     * Announces a field that the union has.
     *
     * @throws IllegalStateException when it does not have it
     */
    public void known(int number, byte[] name, int offset, int length) {
        int known = union.find(name, offset, length);
        if (known == Names.NOT_THERE) {
            throw new IllegalStateException("a field that was not told beforehand");
        }
        put(number, known);
    }

    private void put(int number, int field) {
        if (number >= fields.length) {
            fields = Arrays.copyOf(fields, Math.max(number + 1, fields.length * 2));
        }
        fields[number] = field;
    }

    /** The union's number of an announced field. */
    public int of(int number) {
        return fields[number];
    }
}
