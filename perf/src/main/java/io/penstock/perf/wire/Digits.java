package io.penstock.perf.wire;

import java.nio.ByteBuffer;

/** Numbers of a fixed width, so that a new one can be written over an old one. */
final class Digits {
    /** Decimal digits of a sequence in a header. */
    static final int DECIMAL_WIDTH = 12;

    /** Bytes of a padded varint: 35 bits, enough for 34 thousand million batches of a producer. */
    static final int VARINT_WIDTH = 5;

    private Digits() {}

    static void decimal(ByteBuffer target, int at, long value) {
        long rest = value;
        for (int i = at + DECIMAL_WIDTH - 1; i >= at; i--) {
            target.put(i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }

    /** A varint with leading zero groups: longer than needed, which protobuf parsers take. */
    static void varint(ByteBuffer target, int at, long value) {
        for (int i = 0; i < VARINT_WIDTH; i++) {
            int more = i < VARINT_WIDTH - 1 ? 0x80 : 0;
            target.put(at + i, (byte) (((value >>> (7 * i)) & 0x7f) | more));
        }
    }
}
