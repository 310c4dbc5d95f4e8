package io.penstock.exporter.otlp;

import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.text.JsonObject;
import io.penstock.exporter.text.JsonValues;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Texts, numbers and booleans of OTLP/JSON as protobuf. Numbers of 64 bits may stand as texts.
 *
 * <p>Threading: confined to one thread.
 */
final class JsonScalar {
    private final OtlpJson into;
    private final WriteBuffer text = new WriteBuffer(256);

    JsonScalar(OtlpJson into) {
        this.into = into;
    }

    /** Writes a field that is no message. */
    void write(Field field, JsonObject object, int member) {
        ProtoOut.varint(into.out(), field.tag());
        switch (field.kind) {
            case TEXT -> text(object, member);
            case HEX -> hex(object, member);
            case BOOL -> bool(object, member);
            default -> number(field, object.valueStart(member), object.valueEnd(member));
        }
    }

    /** Writes a number that stands in an array at {@code at}, maybe in quotes; index behind it. */
    int element(Field field, int at, int end) {
        byte[] json = into.json();
        boolean quoted = json[at] == '"';
        int from = quoted ? at + 1 : at;
        int to = from;
        while (to < end && ",]\" \t\r\n{[".indexOf(json[to]) < 0) {
            to++;
        }
        if (to == from || !field.kind.isPackable()) {
            into.fail(
                    at,
                    field.name + " must hold " + (field.kind.isPackable() ? "numbers" : "objects"));
            return at;
        }
        ProtoOut.varint(into.out(), field.tag());
        number(field, from, to);
        return quoted ? to + 1 : to;
    }

    private void number(Field field, int from, int to) {
        WriteBuffer out = into.out();
        switch (field.kind) {
            case DOUBLE, DOUBLE_ELEMENT -> real(from, to);
            case FIXED64, FIXED64_ELEMENT -> ProtoOut.fixed(out, unsigned(from, to), Long.BYTES);
            case SFIXED64 -> ProtoOut.fixed(out, signed(from, to), Long.BYTES);
            case FIXED32 -> ProtoOut.fixed(out, unsigned(from, to), Integer.BYTES);
            case ZIGZAG -> {
                long value = signed(from, to);
                ProtoOut.varint(out, value << 1 ^ value >> 63);
            }
            case VARINT_ELEMENT -> ProtoOut.varint(out, unsigned(from, to));
            default -> ProtoOut.varint(out, signed(from, to));
        }
    }

    /** Writes length and bytes of a text. */
    void text(JsonObject object, int member) {
        if (unescaped(object, member)) {
            ProtoOut.varint(into.out(), text.length());
            into.out().put(text.array(), 0, text.length());
        }
    }

    private boolean unescaped(JsonObject object, int member) {
        int from = object.valueStart(member);
        int to = object.valueEnd(member);
        boolean plain = object.kind(member) == JsonObject.Kind.TEXT;
        if (!plain && object.kind(member) != JsonObject.Kind.ESCAPED_TEXT) {
            into.fail(from, "expected a text");
            return false;
        }
        text.clear();
        text.reserve(to - from);
        text.extend(JsonValues.unescape(into.json(), from, to, text.array(), 0));
        return true;
    }

    private void hex(JsonObject object, int member) {
        if (!unescaped(object, member)) {
            return;
        }
        int digits = text.length();
        ProtoOut.varint(into.out(), digits / 2);
        for (int i = 0; i + 1 < digits; i += 2) {
            int high = Character.digit(text.array()[i], 16);
            int low = Character.digit(text.array()[i + 1], 16);
            if (high < 0 || low < 0) {
                into.fail(object.valueStart(member), "expected hexadecimal digits");
            }
            into.out().put((byte) (high << 4 | low));
        }
        if (digits % 2 != 0) {
            into.fail(object.valueStart(member), "expected an even number of hexadecimal digits");
        }
    }

    void base64(JsonObject object, int member) {
        if (!unescaped(object, member)) {
            return;
        }
        String digits = text.toString().replace('-', '+').replace('_', '/');
        try {
            byte[] bytes = Base64.getDecoder().decode(digits);
            ProtoOut.varint(into.out(), bytes.length);
            into.out().put(bytes, 0, bytes.length);
        } catch (IllegalArgumentException other) {
            into.fail(object.valueStart(member), "expected base64");
        }
    }

    void bool(JsonObject object, int member) {
        int at = object.valueStart(member);
        if (object.kind(member) != JsonObject.Kind.BOOLEAN) {
            into.fail(at, "expected true or false");
        }
        into.out().put((byte) (into.json()[at] == 't' ? 1 : 0));
    }

    void real(int from, int to) {
        String number = ascii(from, to);
        double value = 0;
        switch (number) {
            case "NaN" -> value = Double.NaN;
            case "Infinity" -> value = Double.POSITIVE_INFINITY;
            case "-Infinity" -> value = Double.NEGATIVE_INFINITY;
            default -> {
                if (number.matches("-?[0-9][0-9.eE+-]*")) {
                    value = parsed(number, from);
                } else {
                    into.fail(from, "expected a number");
                }
            }
        }
        ProtoOut.fixed(into.out(), Double.doubleToRawLongBits(value), Long.BYTES);
    }

    private double parsed(String number, int at) {
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException other) {
            into.fail(at, "expected a number");
            return 0;
        }
    }

    /** A whole number of 64 bits with a sign. */
    long signed(int from, int to) {
        try {
            return Long.parseLong(ascii(from, to));
        } catch (NumberFormatException other) {
            into.fail(from, "expected a whole number of 64 bits");
            return 0;
        }
    }

    private long unsigned(int from, int to) {
        try {
            return Long.parseUnsignedLong(ascii(from, to));
        } catch (NumberFormatException other) {
            into.fail(from, "expected a whole number of 64 bits, not negative");
            return 0;
        }
    }

    private String ascii(int from, int to) {
        return new String(into.json(), from, to - from, StandardCharsets.ISO_8859_1);
    }
}
