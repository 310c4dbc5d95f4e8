package io.penstock.exporter.otlp;

import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.text.Base64Text;
import io.penstock.exporter.text.JsonText;

/**
 * Writes JSON into a buffer, on one line. Numbers stay numbers, whatever their size; NaN and
 * infinities become null, bytes base64, as in all JSON that leaves here.
 *
 * <p>Threading: confined to one thread.
 */
final class JsonOut {
    private static final String HEX = "0123456789abcdef";

    private final WriteBuffer out;

    JsonOut(WriteBuffer out) {
        this.out = out;
    }

    void open(char bracket) {
        out.put((byte) bracket);
    }

    void close(char bracket) {
        out.put((byte) bracket);
    }

    /** A comma, unless a bracket was just opened. */
    void separate() {
        byte last = out.array()[out.length() - 1];
        if (last != '[' && last != '{') {
            out.put((byte) ',');
        }
    }

    void colon() {
        out.put((byte) ':');
    }

    void key(byte[] name) {
        separate();
        text(name, 0, name.length);
        colon();
    }

    void text(byte[] utf8, int start, int length) {
        int at = out.length();
        out.reserve(JsonText.room(length));
        int to = JsonText.put(utf8, start, length, out.array(), at);
        if (to == JsonText.ESCAPES) {
            out.reserve(JsonText.escapedRoom(utf8, start, length));
            to = JsonText.putEscaped(utf8, start, length, out.array(), at);
        }
        out.extend(to - at);
    }

    void base64(byte[] bytes, int start, int length) {
        out.put((byte) '"');
        int at = out.extend(Base64Text.room(length));
        Base64Text.put(bytes, start, length, out.array(), at);
        out.put((byte) '"');
    }

    /** Hexadecimal digits without quotes. */
    void hex(byte[] bytes, int start, int length) {
        int at = out.extend(2 * length);
        byte[] digits = out.array();
        for (int i = 0; i < length; i++) {
            byte each = bytes[start + i];
            digits[at + 2 * i] = (byte) HEX.charAt(each >> 4 & 15);
            digits[at + 2 * i + 1] = (byte) HEX.charAt(each & 15);
        }
    }

    void quote() {
        out.put((byte) '"');
    }

    void integer(long value) {
        out.putDecimal(value);
    }

    void unsigned(long value) {
        if (value >= 0) {
            out.putDecimal(value);
        } else {
            out.put(Long.toUnsignedString(value));
        }
    }

    void real(double value) {
        if (Double.isFinite(value)) {
            out.putDecimal(value);
        } else {
            none();
        }
    }

    void bool(boolean value) {
        out.put(value ? "true" : "false");
    }

    void none() {
        out.put("null");
    }
}
