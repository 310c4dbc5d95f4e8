package io.penstock.exporter.text;

import java.nio.charset.StandardCharsets;

/**
 * Turns checked JSON values into what they mean.
 *
 * <p>Threading: any thread.
 */
public final class JsonValues {

    private static final String LARGEST = "9223372036854775807";
    private static final String LARGEST_NEGATIVE = "9223372036854775808";
    // Up to here decimal digits and powers of ten are exact doubles, and one division or
    // multiplication of the two rounds once, as a reader should.
    private static final int EXACT_DIGITS = 15;
    private static final int EXACT_POWER = 22;
    private static final double[] POWERS = powers();

    private static final int REPLACEMENT = 0xFFFD;

    private JsonValues() {}

    private static double[] powers() {
        double[] powers = new double[EXACT_POWER + 1];
        for (int i = 0; i < powers.length; i++) {
            powers[i] = Double.parseDouble("1e" + i);
        }
        return powers;
    }

    /** Whether an integer fits 64 bits. */
    public static boolean fitsLong(byte[] bytes, int from, int end) {
        boolean negative = bytes[from] == '-';
        int digits = end - from - (negative ? 1 : 0);
        if (digits != LARGEST.length()) {
            return digits < LARGEST.length();
        }
        String largest = negative ? LARGEST_NEGATIVE : LARGEST;
        for (int i = 0; i < digits; i++) {
            int more = bytes[end - digits + i] - largest.charAt(i);
            if (more != 0) {
                return more < 0;
            }
        }
        return true;
    }

    /** An integer that {@link #fitsLong}. */
    public static long toLong(byte[] bytes, int from, int end) {
        boolean negative = bytes[from] == '-';
        long value = 0;
        for (int i = negative ? from + 1 : from; i < end; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        return negative ? -value : value;
    }

    /** The double nearest to a number; infinite where none is near. */
    public static double toDouble(byte[] bytes, int from, int end) {
        boolean negative = bytes[from] == '-';
        long mantissa = 0;
        int digits = 0;
        int fraction = 0;
        int at = negative ? from + 1 : from;
        boolean behindDot = false;
        for (; at < end && (bytes[at] | 0x20) != 'e'; at++) {
            if (bytes[at] == '.') {
                behindDot = true;
            } else if (++digits > EXACT_DIGITS) {
                return slowDouble(bytes, from, end);
            } else {
                mantissa = mantissa * 10 + (bytes[at] - '0');
                fraction += behindDot ? 1 : 0;
            }
        }
        // An exponent of over three digits is for the slow way, too.
        if (end - at > 5) {
            return slowDouble(bytes, from, end);
        }
        int power = exponent(bytes, at, end) - fraction;
        if (Math.abs(power) > EXACT_POWER) {
            return slowDouble(bytes, from, end);
        }
        double size = power < 0 ? mantissa / POWERS[-power] : mantissa * POWERS[power];
        return negative ? -size : size;
    }

    private static int exponent(byte[] bytes, int at, int end) {
        if (at == end) {
            return 0;
        }
        boolean signed = bytes[at + 1] == '-' || bytes[at + 1] == '+';
        int value = (int) toLong(bytes, at + (signed ? 2 : 1), end);
        return bytes[at + 1] == '-' ? -value : value;
    }

    private static double slowDouble(byte[] bytes, int from, int end) {
        return Double.parseDouble(new String(bytes, from, end - from, StandardCharsets.ISO_8859_1));
    }

    /**
     * Writes a text with its escapes resolved; the result is never longer. Half of a surrogate pair
     * alone becomes U+FFFD, as UTF-8 has no form for it.
     *
     * @return index behind what was written
     */
    public static int unescape(byte[] bytes, int from, int end, byte[] out, int to) {
        int at = from;
        int put = to;
        while (at < end) {
            byte each = bytes[at];
            if (each != '\\') {
                out[put++] = each;
                at++;
            } else if (bytes[at + 1] != 'u') {
                out[put++] = plain(bytes[at + 1]);
                at += 2;
            } else {
                int point = JsonSyntax.hex(bytes, at + 2, end);
                at += 6;
                if (Character.isSurrogate((char) point)) {
                    int low = lowSurrogate(bytes, at, end);
                    boolean pair = Character.isHighSurrogate((char) point) && low > 0;
                    point = pair ? Character.toCodePoint((char) point, (char) low) : REPLACEMENT;
                    at += pair ? 6 : 0;
                }
                put = putPoint(out, put, point);
            }
        }
        return put;
    }

    private static byte plain(byte escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escape;
        };
    }

    /** The low surrogate whose escape stands at {@code at}, or -1. */
    private static int lowSurrogate(byte[] bytes, int at, int end) {
        if (end - at < 6 || bytes[at] != '\\' || bytes[at + 1] != 'u') {
            return -1;
        }
        int low = JsonSyntax.hex(bytes, at + 2, end);
        return Character.isLowSurrogate((char) low) ? low : -1;
    }

    private static int putPoint(byte[] out, int at, int point) {
        if (point < 0x80) {
            out[at] = (byte) point;
            return at + 1;
        }
        if (point < 0x800) {
            out[at] = (byte) (0xc0 | (point >> 6));
            out[at + 1] = continuation(point);
            return at + 2;
        }
        if (point < 0x10000) {
            out[at] = (byte) (0xe0 | (point >> 12));
            out[at + 1] = continuation(point >> 6);
            out[at + 2] = continuation(point);
            return at + 3;
        }
        out[at] = (byte) (0xf0 | (point >> 18));
        out[at + 1] = continuation(point >> 12);
        out[at + 2] = continuation(point >> 6);
        out[at + 3] = continuation(point);
        return at + 4;
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | (bits & 0x3f));
    }
}
