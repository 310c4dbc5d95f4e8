package io.penstock.exporter.text;

import java.nio.charset.StandardCharsets;

/**
 * Numbers written as decimal text. Each method writes from {@code at} on, returns the index behind
 * its text, and needs room for {@link #MAX_BYTES}.
 *
 * <p>Threading: any thread.
 */
public final class Decimals {

    /** Longest text that any method here writes. */
    public static final int MAX_BYTES = 32;

    private static final byte[] PAIRS = pairs();
    private static final byte[] LEAST =
            Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.US_ASCII);

    // Up to here an integral double is written digit by digit; above, Double.toString would use E.
    private static final double PLAIN_LIMIT = 1e7;
    private static final int MAX_FRACTION_DIGITS = 6;
    private static final double[] POWERS = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

    private Decimals() {}

    private static byte[] pairs() {
        byte[] pairs = new byte[200];
        for (int i = 0; i < 100; i++) {
            pairs[2 * i] = (byte) ('0' + i / 10);
            pairs[2 * i + 1] = (byte) ('0' + i % 10);
        }
        return pairs;
    }

    /** An integer. */
    public static int put(byte[] out, int at, long value) {
        int start = at;
        long rest = value;
        if (value < 0) {
            if (value == Long.MIN_VALUE) {
                System.arraycopy(LEAST, 0, out, at, LEAST.length);
                return at + LEAST.length;
            }
            out[start++] = '-';
            rest = -value;
        }
        int end = start + digits(rest);
        int to = end;
        while (rest >= 100) {
            long tail = rest / 100;
            to -= 2;
            putPair(out, to, (int) (rest - tail * 100));
            rest = tail;
        }
        if (rest >= 10) {
            putPair(out, start, (int) rest);
        } else {
            out[start] = (byte) ('0' + rest);
        }
        return end;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long limit = 10; value >= limit && digits < 19; limit *= 10) {
            digits++;
        }
        return digits;
    }

    /** Two digits; {@code value} is 0 to 99. */
    static void putPair(byte[] out, int at, int value) {
        out[at] = PAIRS[2 * value];
        out[at + 1] = PAIRS[2 * value + 1];
    }

    /**
     * A finite double, as a text that reads back as the same double. Short decimal fractions, which
     * is what measurements are, make no garbage; others go through {@link Double#toString(double)}.
     */
    public static int put(byte[] out, int at, double value) {
        double size = Math.abs(value);
        if (size < PLAIN_LIMIT && (value != 0 || 1 / value > 0)) {
            for (int digits = 1; digits <= MAX_FRACTION_DIGITS; digits++) {
                long scaled = Math.round(size * POWERS[digits]);
                // Both operands are exact and division rounds correctly: as a reader would.
                if (scaled / POWERS[digits] == size) {
                    return putScaled(out, at, value < 0, scaled, digits);
                }
            }
        }
        String text = Double.toString(value);
        for (int i = 0; i < text.length(); i++) {
            out[at + i] = (byte) text.charAt(i);
        }
        return at + text.length();
    }

    private static int putScaled(byte[] out, int at, boolean negative, long scaled, int digits) {
        int to = at;
        if (negative) {
            out[to++] = '-';
        }
        long power = (long) POWERS[digits];
        to = put(out, to, scaled / power);
        out[to++] = '.';
        long fraction = scaled % power;
        for (int i = to + digits - 1; i >= to; i--) {
            out[i] = (byte) ('0' + fraction % 10);
            fraction /= 10;
        }
        return to + digits;
    }
}
