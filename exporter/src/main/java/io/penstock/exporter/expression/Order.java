package io.penstock.exporter.expression;

import java.util.Arrays;

/**
 * The order of values: numbers by size whatever their type, texts by code points, true above false.
 * Values of different kinds have none, nor has NaN.
 *
 * <p>Threading: any thread.
 */
final class Order {

    /** Answer for two values that have no order, and are not equal. */
    static final int NONE = 2;

    private static final double TWO_TO_63 = 0x1p63;

    private Order() {}

    /** -1, 0, 1 or {@link #NONE}. */
    static int of(FieldValues a, int slotA, FieldValues b, int slotB) {
        ValueKind other = b.kind(slotB);
        return switch (a.kind(slotA)) {
            case INTEGER -> integer(a.bits(slotA), other, b.bits(slotB));
            case REAL -> real(Double.longBitsToDouble(a.bits(slotA)), other, b.bits(slotB));
            case TEXT -> other == ValueKind.TEXT ? text(a, slotA, b, slotB) : NONE;
            case BOOLEAN ->
                    other == ValueKind.BOOLEAN ? Long.compare(a.bits(slotA), b.bits(slotB)) : NONE;
            case ABSENT, NULL, BYTES, JSON -> NONE;
        };
    }

    private static int integer(long a, ValueKind kind, long bits) {
        return switch (kind) {
            case INTEGER -> Long.compare(a, bits);
            case REAL -> mixed(a, Double.longBitsToDouble(bits));
            default -> NONE;
        };
    }

    private static int real(double a, ValueKind kind, long bits) {
        if (kind == ValueKind.INTEGER) {
            int turned = mixed(bits, a);
            return turned == NONE ? NONE : -turned;
        }
        if (kind != ValueKind.REAL) {
            return NONE;
        }
        double b = Double.longBitsToDouble(bits);
        return a < b ? -1 : a > b ? 1 : a == b ? 0 : NONE;
    }

    /** Exact: a long does not lose its last digits by becoming a double. */
    static int mixed(long a, double b) {
        if (Double.isNaN(b)) {
            return NONE;
        }
        if (b >= TWO_TO_63) {
            return -1;
        }
        if (b < -TWO_TO_63) {
            return 1;
        }
        long whole = (long) b;
        return a == whole ? (int) Math.signum(whole - b) : Long.compare(a, whole);
    }

    private static int text(FieldValues a, int slotA, FieldValues b, int slotB) {
        int fromA = a.start(slotA);
        int fromB = b.start(slotB);
        // The order of UTF-8 by unsigned bytes is that of code points.
        return Integer.signum(
                Arrays.compareUnsigned(
                        a.bytes(),
                        fromA,
                        fromA + a.length(slotA),
                        b.bytes(),
                        fromB,
                        fromB + b.length(slotB)));
    }
}
