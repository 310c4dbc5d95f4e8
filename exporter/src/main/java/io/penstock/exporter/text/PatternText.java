package io.penstock.exporter.text;

/**
 * UTF-8 as the platform's matcher wants to see it. ASCII is looked at where it lies; other texts
 * are decoded into a buffer that is used again. Each look counts.
 *
 * <p>Threading: confined to one thread.
 */
final class PatternText implements CharSequence {

    /** Says that the looks are spent; the matcher has no other way out. */
    static final class Spent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Spent() {
            // Nobody looks at where it came from.
            super("too many steps", null, false, false);
        }
    }

    private final int maxSteps;
    private byte[] bytes = new byte[0];
    private int offset;
    private int length;
    private boolean ascii = true;
    private char[] chars = new char[0];
    private int stepsLeft;
    // A pair of indices that belong together, from which the next search of one begins.
    private int knownChar;
    private int knownByte;

    PatternText(int maxSteps) {
        this.maxSteps = maxSteps;
    }

    void wrap(byte[] utf8, int from, int count) {
        bytes = utf8;
        offset = from;
        stepsLeft = maxSteps;
        knownChar = 0;
        knownByte = from;
        ascii = isAscii(utf8, from, from + count);
        length = ascii ? count : decode(from, from + count);
    }

    private static boolean isAscii(byte[] utf8, int from, int end) {
        int at = from;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            if (Words.nonAscii(Words.get(utf8, at)) != 0) {
                return false;
            }
        }
        while (at < end && utf8[at] >= 0) {
            at++;
        }
        return at == end;
    }

    private int decode(int from, int end) {
        if (chars.length < end - from) {
            chars = new char[Math.max(end - from, chars.length * 2)];
        }
        int to = 0;
        int at = from;
        while (at < end) {
            int size = size(bytes[at]);
            int point = size == 1 ? bytes[at] : bytes[at] & (0x7f >> size);
            for (int i = 1; i < size; i++) {
                point = point << 6 | (bytes[at + i] & 0x3f);
            }
            to += Character.toChars(point, chars, to);
            at += size;
        }
        return to;
    }

    private static int size(byte lead) {
        if (lead >= 0) {
            return 1;
        }
        int unsigned = lead & 0xff;
        return unsigned < 0xe0 ? 2 : unsigned < 0xf0 ? 3 : 4;
    }

    /** Index in the array of a character. */
    int byteIndex(int character) {
        if (ascii) {
            return offset + character;
        }
        if (character < knownChar) {
            knownChar = 0;
            knownByte = offset;
        }
        while (knownChar < character) {
            int size = size(bytes[knownByte]);
            knownByte += size;
            knownChar += size == 4 ? 2 : 1;
        }
        return knownByte;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        if (--stepsLeft < 0) {
            throw new Spent();
        }
        return ascii ? (char) bytes[offset + index] : chars[index];
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return toString().substring(start, end);
    }

    @Override
    public String toString() {
        StringBuilder all = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            all.append(ascii ? (char) bytes[offset + i] : chars[i]);
        }
        return all.toString();
    }
}
