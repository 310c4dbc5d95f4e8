package io.penstock.exporter.text;

import java.util.Arrays;

/**
 * Writes UTF-8 as JSON text. Most texts need no escapes: {@link #put} copies and looks at eight
 * bytes at a time and gives up at the first that does.
 *
 * <p>Threading: any thread.
 */
public final class JsonText {

    /** Answer of {@link #put} for a text that needs escapes. */
    public static final int ESCAPES = -1;

    private static final int LONG_ESCAPE = 6;
    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };
    private static final byte PLAIN = 0;
    private static final byte[] ESCAPE = escapes();
    private static final long SPACES = 0x2020_2020_2020_2020L;

    private JsonText() {}

    private static byte[] escapes() {
        byte[] escapes = new byte[256];
        Arrays.fill(escapes, 0, ' ', (byte) 'u');
        escapes['"'] = '"';
        escapes['\\'] = '\\';
        escapes['\b'] = 'b';
        escapes['\f'] = 'f';
        escapes['\n'] = 'n';
        escapes['\r'] = 'r';
        escapes['\t'] = 't';
        return escapes;
    }

    /** Room that {@link #put} wants for a text of {@code length} bytes. */
    public static int room(int length) {
        return length + Long.BYTES + 2;
    }

    /**
     * Writes a text in quotes, if it needs no escapes.
     *
     * @return index behind it, or {@link #ESCAPES}
     */
    public static int put(byte[] utf8, int offset, int length, byte[] out, int at) {
        int to = at;
        out[to++] = '"';
        int from = offset;
        int end = offset + length;
        for (; from <= end - Long.BYTES; from += Long.BYTES) {
            long word = Words.get(utf8, from);
            if (Words.jsonSpecial(word) != 0) {
                return ESCAPES;
            }
            Words.set(out, to, word);
            to += Long.BYTES;
        }
        int rest = end - from;
        if (rest > 0) {
            long word = tail(utf8, from, rest);
            if (Words.jsonSpecial(word) != 0) {
                return ESCAPES;
            }
            Words.set(out, to, word);
            to += rest;
        }
        out[to] = '"';
        return to + 1;
    }

    /** The last one to seven bytes of a text, with spaces behind them. */
    private static long tail(byte[] utf8, int at, int rest) {
        int unused = Long.SIZE - rest * Byte.SIZE;
        if (utf8.length - at >= Long.BYTES) {
            return (Words.get(utf8, at) << unused >>> unused) | (SPACES << (Long.SIZE - unused));
        }
        long word = SPACES;
        for (int i = at + rest - 1; i >= at; i--) {
            word = (word << Byte.SIZE) | (utf8[i] & 0xff);
        }
        return word;
    }

    /**
     * Length of a text in quotes with its escapes.
     *
     * @throws ArithmeticException when it is over 2 GiB
     */
    public static int escapedRoom(byte[] utf8, int offset, int length) {
        int room = Math.addExact(length, 2);
        for (int i = offset; i < offset + length; i++) {
            byte escape = ESCAPE[utf8[i] & 0xff];
            if (escape != PLAIN) {
                room = Math.addExact(room, escape == 'u' ? LONG_ESCAPE - 1 : 1);
            }
        }
        return room;
    }

    /** Writes a text in quotes with its escapes; the index behind it. */
    public static int putEscaped(byte[] utf8, int offset, int length, byte[] out, int at) {
        int to = at;
        out[to++] = '"';
        for (int from = offset; from < offset + length; from++) {
            byte each = utf8[from];
            byte escape = ESCAPE[each & 0xff];
            if (escape == PLAIN) {
                out[to++] = each;
            } else {
                out[to++] = '\\';
                out[to++] = escape;
                to = escape == 'u' ? putCode(out, to, each) : to;
            }
        }
        out[to] = '"';
        return to + 1;
    }

    /** The four digits of a control character. */
    private static int putCode(byte[] out, int at, byte control) {
        out[at] = '0';
        out[at + 1] = '0';
        out[at + 2] = HEX[control >> 4];
        out[at + 3] = HEX[control & 15];
        return at + 4;
    }
}
