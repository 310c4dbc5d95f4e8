package io.penstock.exporter.loki;

import io.penstock.exporter.batching.NamedBatches;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Labels as one text: <code>{app="web", path="/a\"b"}</code>, values quoted as Go quotes them.
 * Threading: confined to one thread.
 */
final class LabelText {
    private static final int HEX = 16;

    private final WriteBuffer texts = new WriteBuffer(256);
    // Names and values in turn: where each ends in texts.
    private int[] ends = new int[32];
    private int count;
    private byte[] bytes = new byte[0];
    private int at;
    private int limit;

    /** Reads {@code [from, to)}; what is wrong with it, or null. */
    @Nullable String read(byte[] source, int from, int to) {
        bytes = source;
        at = from;
        limit = to;
        texts.clear();
        count = 0;
        spaces();
        if (!next('{')) {
            return "labels do not begin with {";
        }
        spaces();
        while (!next('}')) {
            String fault = label();
            if (fault != null) {
                return fault;
            }
            spaces();
            if (!next(',') && (at == limit || bytes[at] != '}')) {
                return "expected , or } behind a label";
            }
            spaces();
        }
        spaces();
        return at == limit ? null : "labels do not end with }";
    }

    private void spaces() {
        while (at < limit && bytes[at] == ' ') {
            at++;
        }
    }

    private boolean next(char wanted) {
        boolean there = at < limit && bytes[at] == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private @Nullable String label() {
        int name = at;
        while (at < limit && bytes[at] > ' ' && bytes[at] != '=' && bytes[at] != 0x7f) {
            at++;
        }
        int length = at - name;
        if (length == 0 || length > NamedBatches.MAX_NAME_BYTES) {
            return "a label's name must have 1 to " + NamedBatches.MAX_NAME_BYTES + " bytes";
        }
        texts.put(bytes, name, length);
        mark();
        spaces();
        if (!next('=')) {
            return "expected = behind a label's name";
        }
        spaces();
        if (!next('"')) {
            return "expected a quoted value behind a label's name";
        }
        int start = texts.length();
        while (at < limit && bytes[at] != '"') {
            if (bytes[at] != '\\') {
                texts.put(bytes[at++]);
            } else if (!escape()) {
                return "no such escape in a label's value";
            }
        }
        if (!next('"')) {
            return "a label's value has no end";
        }
        mark();
        return Utf8.firstFault(texts.array(), start, texts.length()) == Utf8.VALID
                ? null
                : "a label's value is not UTF-8";
    }

    private boolean escape() {
        byte kind = at + 1 < limit ? bytes[at + 1] : 0;
        at += 2;
        int plain = "abfnrtv\\\"'".indexOf(kind);
        if (plain >= 0) {
            texts.put((byte) "\u0007\b\f\n\r\t\u000b\\\"'".charAt(plain));
            return true;
        }
        return switch (kind) {
            case 'x' -> code(2, true);
            case 'u' -> code(4, false);
            case 'U' -> code(8, false);
            default -> false;
        };
    }

    /** A byte, or a character, in hexadecimal digits. */
    private boolean code(int digits, boolean raw) {
        if (limit - at < digits) {
            return false;
        }
        long value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(bytes[at++], HEX);
            if (digit < 0) {
                return false;
            }
            value = value * HEX + digit;
        }
        if (raw) {
            texts.put((byte) value);
        } else if (value > Character.MAX_CODE_POINT
                || (value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE)) {
            return false;
        } else {
            byte[] utf8 = Character.toString((int) value).getBytes(StandardCharsets.UTF_8);
            texts.put(utf8, 0, utf8.length);
        }
        return true;
    }

    private void mark() {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
        }
        ends[count++] = texts.length();
    }

    int labels() {
        return count / 2;
    }

    /** Tells all labels. */
    void say(NamedBatches batches) {
        for (int i = 0; i < count; i += 2) {
            int name = i == 0 ? 0 : ends[i - 1];
            int value = ends[i];
            byte[] array = texts.array();
            batches.text(array, name, value - name, array, value, ends[i + 1] - value);
        }
    }
}
