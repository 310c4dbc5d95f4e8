package io.penstock.exporter.text;

import java.util.Arrays;

/**
 * The members of one JSON object, as ranges of the array it was read from. Reading is checking:
 * what {@link #read} takes is well-formed JSON.
 *
 * <p>Threading: confined to one thread.
 */
public final class JsonObject {

    /** Most members. */
    public static final int MAX_MEMBERS = 4096;

    /** What a member's value is. */
    public enum Kind {
        /** A text without escapes; the range is between the quotes. */
        TEXT,
        /** A text with escapes; the range is between the quotes. */
        ESCAPED_TEXT,
        /** A number without fraction and exponent. */
        INTEGER,
        /** Any other number. */
        REAL,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** {@code null}. */
        NULL,
        /** An array or object. */
        NESTED
    }

    private final JsonSyntax syntax;
    private int members;
    private int[] keyStarts = new int[16];
    // Negative: the key has escapes, and ends at the complement.
    private int[] keyEnds = new int[16];
    private int[] valueStarts = new int[16];
    private int[] valueEnds = new int[16];
    private Kind[] kinds = new Kind[16];

    /** An empty object that reports faults to {@code syntax}. */
    public JsonObject(JsonSyntax syntax) {
        this.syntax = syntax;
    }

    /**
     * Reads the object that begins at {@code at}.
     *
     * @return index behind it, or {@link JsonSyntax#FAULT}
     */
    public int read(byte[] bytes, int at, int end) {
        members = 0;
        if (at >= end || bytes[at] != '{') {
            return syntax.expected("'{'", at, end);
        }
        int to = JsonSyntax.skipSpace(bytes, at + 1, end);
        if (to < end && bytes[to] == '}') {
            return to + 1;
        }
        while (true) {
            to = member(bytes, to, end);
            to = to < 0 ? to : syntax.behindItem(bytes, to, end, '}');
            if (to < 0 || bytes[to - 1] == '}') {
                return to;
            }
            to = JsonSyntax.skipSpace(bytes, to, end);
        }
    }

    private int member(byte[] bytes, int at, int end) {
        int value = syntax.key(bytes, at, end);
        if (value < 0) {
            return value;
        }
        if (members == MAX_MEMBERS) {
            return syntax.fail("an object has over " + MAX_MEMBERS + " members", at);
        }
        if (members == kinds.length) {
            grow();
        }
        keyStarts[members] = at + 1;
        int keyEnd = keyEnd(bytes, value);
        keyEnds[members] = syntax.escaped() ? ~keyEnd : keyEnd;
        int to = syntax.value(bytes, value, end, 1);
        if (to >= 0) {
            setValue(bytes, value, to);
            members++;
        }
        return to;
    }

    /** Index of the quote that closes the key whose value starts at {@code value}. */
    private static int keyEnd(byte[] bytes, int value) {
        int at = value - 1;
        while (bytes[at] != '"') {
            at--;
        }
        return at;
    }

    private void setValue(byte[] bytes, int start, int end) {
        Kind kind = kind(bytes[start]);
        int quote = kind == Kind.TEXT || kind == Kind.ESCAPED_TEXT ? 1 : 0;
        kinds[members] = kind;
        valueStarts[members] = start + quote;
        valueEnds[members] = end - quote;
    }

    private Kind kind(byte first) {
        return switch (first) {
            case '"' -> syntax.escaped() ? Kind.ESCAPED_TEXT : Kind.TEXT;
            case '{', '[' -> Kind.NESTED;
            case 't', 'f' -> Kind.BOOLEAN;
            case 'n' -> Kind.NULL;
            default -> syntax.integral() ? Kind.INTEGER : Kind.REAL;
        };
    }

    private void grow() {
        int room = members * 2;
        keyStarts = Arrays.copyOf(keyStarts, room);
        keyEnds = Arrays.copyOf(keyEnds, room);
        valueStarts = Arrays.copyOf(valueStarts, room);
        valueEnds = Arrays.copyOf(valueEnds, room);
        kinds = Arrays.copyOf(kinds, room);
    }

    /** Number of members. */
    public int members() {
        return members;
    }

    /** Index of the first byte of a member's key, behind the quote. */
    public int keyStart(int member) {
        return keyStarts[member];
    }

    /** Index behind a member's key. */
    public int keyEnd(int member) {
        int end = keyEnds[member];
        return end < 0 ? ~end : end;
    }

    /** Whether a member's key has escapes. */
    public boolean keyEscaped(int member) {
        return keyEnds[member] < 0;
    }

    /** What a member's value is. */
    public Kind kind(int member) {
        return kinds[member];
    }

    /** Index of the first byte of a member's value. */
    public int valueStart(int member) {
        return valueStarts[member];
    }

    /** Index behind a member's value. */
    public int valueEnd(int member) {
        return valueEnds[member];
    }
}
