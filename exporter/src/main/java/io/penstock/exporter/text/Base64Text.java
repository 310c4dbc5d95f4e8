package io.penstock.exporter.text;

/** Writes bytes as base64 (RFC 4648 section 4). Threading: any thread. */
public final class Base64Text {

    private static final String DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private Base64Text() {}

    /**
     * Length of the text of {@code length} bytes.
     *
     * @throws ArithmeticException when it is over 2 GiB
     */
    public static int room(int length) {
        return Math.multiplyExact((length + 2) / 3, 4);
    }

    /** Writes the text of a range; the index behind it. */
    public static int put(byte[] bytes, int offset, int length, byte[] out, int at) {
        int to = at;
        int end = offset + length;
        for (int from = offset; from < end; from += 3) {
            int left = Math.min(3, end - from);
            int bits =
                    (bytes[from] & 0xff) << 16
                            | (left > 1 ? bytes[from + 1] & 0xff : 0) << 8
                            | (left > 2 ? bytes[from + 2] & 0xff : 0);
            out[to] = (byte) DIGITS.charAt(bits >> 18);
            out[to + 1] = (byte) DIGITS.charAt(bits >> 12 & 63);
            out[to + 2] = (byte) (left > 1 ? DIGITS.charAt(bits >> 6 & 63) : '=');
            out[to + 3] = (byte) (left > 2 ? DIGITS.charAt(bits & 63) : '=');
            to += 4;
        }
        return to;
    }
}
