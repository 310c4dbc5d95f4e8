package io.penstock.exporter.text;

/**
 * Judges whether bytes are well-formed UTF-8 (Unicode 15, table 3-7: no overlong forms, no
 * surrogates, nothing above U+10FFFF).
 *
 * <p>Threading: any thread.
 */
public final class Utf8 {

    /** Answer for well-formed bytes. */
    public static final int VALID = -1;

    private Utf8() {}

    /** Index of the first byte that does not belong in {@code [from, end)}, or {@link #VALID}. */
    public static int firstFault(byte[] bytes, int from, int end) {
        int at = from;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            long high = Words.nonAscii(Words.get(bytes, at));
            if (high != 0) {
                return slow(bytes, at + Words.first(high), end);
            }
        }
        if (end - from >= Long.BYTES) {
            // The last eight bytes, some of them for the second time.
            long high = Words.nonAscii(Words.get(bytes, end - Long.BYTES));
            return high == 0 ? VALID : slow(bytes, at, end);
        }
        while (at < end && bytes[at] >= 0) {
            at++;
        }
        return at == end ? VALID : slow(bytes, at, end);
    }

    private static int slow(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end) {
            int length = bytes[at] >= 0 ? 1 : sequence(bytes, at, end);
            if (length == 0) {
                return at;
            }
            at += length;
        }
        return VALID;
    }

    /** Length of the well-formed sequence of two to four bytes at {@code at}, or 0. */
    private static int sequence(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xff;
        int length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (lead < 0xc2 || lead > 0xf4 || end - at < length) {
            return 0;
        }
        int second = bytes[at + 1] & 0xff;
        int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
