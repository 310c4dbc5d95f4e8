package io.penstock.perf.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;

/**
 * Writes header blocks (RFC 7541) without Huffman codes. Headers that never change are taught to
 * the server by the first request of a connection and are one byte each afterwards, as with any
 * real client.
 */
final class Hpack {
    static final int METHOD_POST = 3;
    static final int SCHEME_HTTP = 6;
    static final int NAME_AUTHORITY = 1;
    static final int NAME_PATH = 4;
    static final int NAME_CONTENT_TYPE = 31;
    static final int NAME_CONTENT_LENGTH = 28;
    static final int NAME_USER_AGENT = 58;

    private static final int INDEXED = 0x80;
    private static final int LITERAL_TAUGHT = 0x40;
    private static final int LITERAL_PASSING = 0x00;
    private static final int NEWEST = 62;

    private final ByteArrayOutputStream teaching = new ByteArrayOutputStream();
    private int taught;

    /** A header that never changes. Static ones with name and value are given by number. */
    Hpack fixed(int index) {
        teaching.write(INDEXED | index);
        return this;
    }

    /** A header that never changes, its name out of the static table. */
    Hpack fixed(int nameIndex, String value) {
        integer(teaching, LITERAL_TAUGHT, 6, nameIndex);
        string(teaching, value);
        taught++;
        return this;
    }

    /** A header that never changes. */
    Hpack fixed(String name, String value) {
        teaching.write(LITERAL_TAUGHT);
        string(teaching, name);
        string(teaching, value);
        taught++;
        return this;
    }

    /** The block of a connection's first request. */
    byte[] teaching() {
        return teaching.toByteArray();
    }

    /** The same headers in every later request. */
    byte[] taught() {
        byte[] block = new byte[taught + 2];
        block[0] = (byte) (INDEXED | METHOD_POST);
        block[1] = (byte) (INDEXED | SCHEME_HTTP);
        for (int i = 0; i < taught; i++) {
            block[2 + i] = (byte) (INDEXED | (NEWEST + taught - 1 - i));
        }
        return block;
    }

    /** A header that differs from request to request. */
    static byte[] passing(String name, String value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(LITERAL_PASSING);
        string(out, name);
        string(out, value);
        return out.toByteArray();
    }

    /** A header that differs from request to request, its name out of the static table. */
    static byte[] passing(int nameIndex, String value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        integer(out, LITERAL_PASSING, 4, nameIndex);
        string(out, value);
        return out.toByteArray();
    }

    private static void string(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        integer(out, 0, 7, bytes.length);
        out.writeBytes(bytes);
    }

    private static void integer(ByteArrayOutputStream out, int pattern, int prefixBits, int value) {
        int most = (1 << prefixBits) - 1;
        if (value < most) {
            out.write(pattern | value);
            return;
        }
        out.write(pattern | most);
        int rest = value - most;
        for (; rest >= 0x80; rest >>>= 7) {
            out.write((rest & 0x7f) | 0x80);
        }
        out.write(rest);
    }
}
