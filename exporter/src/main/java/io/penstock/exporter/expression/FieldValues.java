package io.penstock.exporter.expression;

/**
 * A record's values in slots. Slot {@link Expression#TIME_SLOT} is its time, an integer.
 *
 * <p>Threading: confined to one thread.
 */
public interface FieldValues {

    /** What the slot holds. */
    ValueKind kind(int slot);

    /** The number, when it holds one: a long, the bits of a double, or 1 for true. */
    long bits(int slot);

    /** The array in which texts lie. */
    byte[] bytes();

    /** First byte of the slot's text. */
    int start(int slot);

    /** Length of the slot's text in bytes. */
    int length(int slot);
}
