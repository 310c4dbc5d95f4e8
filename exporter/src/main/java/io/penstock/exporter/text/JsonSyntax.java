package io.penstock.exporter.text;

import org.jspecify.annotations.Nullable;

/**
 * Walks JSON (RFC 8259) in a byte array and judges it: each method is given the index of the first
 * byte of something, and answers the index behind it, or {@link #FAULT}.
 *
 * <p>Threading: confined to one thread.
 */
public final class JsonSyntax {

    /** Answer where the text is not JSON; see {@link #fault} and {@link #faultAt}. */
    public static final int FAULT = -1;

    /** Deepest nesting of arrays and objects. */
    public static final int MAX_DEPTH = 100;

    private @Nullable String fault;
    private int faultAt;
    private boolean escaped;
    private boolean integral;

    /** What is wrong, in a few words; null before the first fault. */
    public @Nullable String fault() {
        return fault;
    }

    /** Index at which it shows. */
    public int faultAt() {
        return faultAt;
    }

    /** Whether the last text read holds escapes. */
    public boolean escaped() {
        return escaped;
    }

    /** Whether the last number read has neither fraction nor exponent. */
    boolean integral() {
        return integral;
    }

    /** Records a fault. */
    int fail(String reason, int at) {
        fault = reason;
        faultAt = at;
        return FAULT;
    }

    /** Records what was expected where something else, or nothing, stands. */
    public int expected(String what, int at, int end) {
        return fail("expected " + what + (at < end ? "" : ", the text ends"), at);
    }

    /** Index of the first byte from {@code at} on that is no white space, or {@code end}. */
    public static int skipSpace(byte[] bytes, int at, int end) {
        int to = at;
        while (to < end && bytes[to] <= ' ' && isSpace(bytes[to])) {
            to++;
        }
        return to;
    }

    private static boolean isSpace(byte each) {
        return each == ' ' || each == '\n' || each == '\r' || each == '\t';
    }

    /** A value that stands {@code depth} arrays or objects deep. */
    public int value(byte[] bytes, int at, int end, int depth) {
        if (at >= end) {
            return expected("a value", at, end);
        }
        return switch (bytes[at]) {
            case '"' -> text(bytes, at, end);
            case '{' -> object(bytes, at, end, depth + 1);
            case '[' -> array(bytes, at, end, depth + 1);
            case 't' -> word(bytes, at, end, "true");
            case 'f' -> word(bytes, at, end, "false");
            case 'n' -> word(bytes, at, end, "null");
            default -> number(bytes, at, end);
        };
    }

    private int object(byte[] bytes, int at, int end, int depth) {
        if (depth > MAX_DEPTH) {
            return fail("nested over " + MAX_DEPTH + " deep", at);
        }
        int to = skipSpace(bytes, at + 1, end);
        if (to < end && bytes[to] == '}') {
            return to + 1;
        }
        while (true) {
            to = key(bytes, to, end);
            to = to < 0 ? to : value(bytes, to, end, depth);
            to = to < 0 ? to : behindItem(bytes, to, end, '}');
            if (to < 0 || bytes[to - 1] == '}') {
                return to;
            }
            to = skipSpace(bytes, to, end);
        }
    }

    /** A member's key and colon, and the space behind them. */
    int key(byte[] bytes, int at, int end) {
        if (at >= end || bytes[at] != '"') {
            return expected("a key in quotes", at, end);
        }
        int to = text(bytes, at, end);
        if (to < 0) {
            return to;
        }
        to = skipSpace(bytes, to, end);
        if (to >= end || bytes[to] != ':') {
            return expected("':'", to, end);
        }
        return skipSpace(bytes, to + 1, end);
    }

    /** Index behind the comma or closing bracket that ends an item. */
    int behindItem(byte[] bytes, int at, int end, char close) {
        int to = skipSpace(bytes, at, end);
        if (to >= end || (bytes[to] != ',' && bytes[to] != close)) {
            return expected("',' or '" + close + "'", to, end);
        }
        return to + 1;
    }

    private int array(byte[] bytes, int at, int end, int depth) {
        if (depth > MAX_DEPTH) {
            return fail("nested over " + MAX_DEPTH + " deep", at);
        }
        int to = skipSpace(bytes, at + 1, end);
        if (to < end && bytes[to] == ']') {
            return to + 1;
        }
        while (true) {
            to = value(bytes, to, end, depth);
            to = to < 0 ? to : behindItem(bytes, to, end, ']');
            if (to < 0 || bytes[to - 1] == ']') {
                return to;
            }
            to = skipSpace(bytes, to, end);
        }
    }

    private int word(byte[] bytes, int at, int end, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= end || bytes[at + i] != word.charAt(i)) {
                return expected("a value", at, end);
            }
        }
        return at + word.length();
    }

    /** A text that begins with the quote at {@code open}. */
    public int text(byte[] bytes, int open, int end) {
        escaped = false;
        long seen = 0;
        int at = open + 1;
        while (true) {
            while (at <= end - Long.BYTES) {
                long word = Words.get(bytes, at);
                seen |= word;
                long special = Words.jsonSpecial(word);
                if (special != 0) {
                    at += Words.first(special);
                    break;
                }
                at += Long.BYTES;
            }
            if (at >= end) {
                return fail("a text has no end", open);
            }
            byte each = bytes[at];
            if (each == '"') {
                return utf8(bytes, open + 1, at, seen);
            }
            if (each == '\\') {
                at = escape(bytes, at, end);
                if (at < 0) {
                    return at;
                }
            } else if (each >= 0 && each < ' ') {
                return fail("a text holds a bare control character", at);
            } else {
                seen |= each;
                at++;
            }
        }
    }

    private int utf8(byte[] bytes, int from, int close, long seen) {
        if (Words.nonAscii(seen) != 0) {
            int bad = Utf8.firstFault(bytes, from, close);
            if (bad != Utf8.VALID) {
                return fail("a text is not UTF-8", bad);
            }
        }
        return close + 1;
    }

    private int escape(byte[] bytes, int at, int end) {
        escaped = true;
        byte kind = at + 1 < end ? bytes[at + 1] : 0;
        return switch (kind) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 2;
            case 'u' ->
                    hex(bytes, at + 2, end) >= 0
                            ? at + 6
                            : fail("an escape without four hexadecimal digits", at);
            default -> fail("no such escape", at);
        };
    }

    /** The number in four hexadecimal digits, or -1. */
    static int hex(byte[] bytes, int at, int end) {
        if (end - at < 4) {
            return -1;
        }
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private int number(byte[] bytes, int at, int end) {
        int whole = bytes[at] == '-' ? at + 1 : at;
        int to = digits(bytes, whole, end);
        if (to == whole) {
            return expected("a value", at, end);
        }
        if (bytes[whole] == '0' && to > whole + 1) {
            return fail("a number begins with 0", at);
        }
        integral = true;
        if (to < end && bytes[to] == '.') {
            integral = false;
            int fraction = to + 1;
            to = digits(bytes, fraction, end);
            if (to == fraction) {
                return fail("a number ends in '.'", at);
            }
        }
        if (to < end && (bytes[to] | 0x20) == 'e') {
            integral = false;
            boolean signed = to + 1 < end && (bytes[to + 1] == '+' || bytes[to + 1] == '-');
            int exponent = to + (signed ? 2 : 1);
            to = digits(bytes, exponent, end);
            if (to == exponent) {
                return fail("a number has an empty exponent", at);
            }
        }
        return to;
    }

    private static int digits(byte[] bytes, int at, int end) {
        int to = at;
        while (to < end && bytes[to] >= '0' && bytes[to] <= '9') {
            to++;
        }
        return to;
    }
}
