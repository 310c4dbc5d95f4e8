package io.penstock.exporter.expression;

import java.nio.charset.StandardCharsets;

/**
 * A value that stands in an expression; every slot of it is that value.
 *
 * <p>Threading: immutable.
 */
final class Literal implements FieldValues {

    private static final byte[] NOTHING = new byte[0];

    private final ValueKind kind;
    private final long bits;
    private final byte[] text;

    private Literal(ValueKind kind, long bits, byte[] text) {
        this.kind = kind;
        this.bits = bits;
        this.text = text;
    }

    static Literal integer(long value) {
        return new Literal(ValueKind.INTEGER, value, NOTHING);
    }

    static Literal real(double value) {
        return new Literal(ValueKind.REAL, Double.doubleToRawLongBits(value), NOTHING);
    }

    static Literal bool(boolean value) {
        return new Literal(ValueKind.BOOLEAN, value ? 1 : 0, NOTHING);
    }

    static Literal text(String value) {
        return new Literal(ValueKind.TEXT, 0, value.getBytes(StandardCharsets.UTF_8));
    }

    ValueKind kind() {
        return kind;
    }

    @Override
    public ValueKind kind(int slot) {
        return kind;
    }

    @Override
    public long bits(int slot) {
        return bits;
    }

    @Override
    public byte[] bytes() {
        return text;
    }

    @Override
    public int start(int slot) {
        return 0;
    }

    @Override
    public int length(int slot) {
        return text.length;
    }
}
