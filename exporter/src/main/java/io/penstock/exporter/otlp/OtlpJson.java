package io.penstock.exporter.otlp;

import io.penstock.exporter.record.BatchFault;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.text.JsonObject;
import io.penstock.exporter.text.JsonSyntax;
import io.penstock.exporter.text.Names;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a request in OTLP/JSON into the protobuf that it stands for. Source of the rules: OTLP
 * specification 1.10, "JSON Protobuf Encoding", which is proto3's mapping but for ids in
 * hexadecimal digits and enums as numbers. Names may be in lower camel case or as in the .proto
 * file; unknown ones are passed over; null is absent.
 *
 * <p>Each level of objects is read by its members' ranges, so a byte is looked at about as often as
 * it stands deep.
 *
 * <p>Threading: confined to one thread.
 */
public final class OtlpJson {
    private final JsonSyntax syntax = new JsonSyntax();
    private final List<JsonObject> levels = new ArrayList<>();
    private final Map<Message, FieldNames> names = new HashMap<>();
    private final JsonScalar scalar = new JsonScalar(this);
    private byte[] json = new byte[0];
    private int start;
    private int end;
    private WriteBuffer out = new WriteBuffer(0);
    private @Nullable BatchFault fault;

    /** The names of a message's fields as JSON has them; each field has two. */
    private static final class FieldNames {
        final Names names = new Names();
        final List<Field> fields = new ArrayList<>();

        FieldNames(Message message) {
            for (Field field : message.fields()) {
                add(field, field.name);
                String camel = camel(field.name);
                if (!camel.equals(field.name)) {
                    add(field, camel);
                }
            }
        }

        private void add(Field field, String name) {
            byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
            names.add(utf8, 0, utf8.length);
            fields.add(field);
        }

        private static String camel(String name) {
            StringBuilder camel = new StringBuilder();
            boolean upper = false;
            for (int i = 0; i < name.length(); i++) {
                char each = name.charAt(i);
                if (each != '_') {
                    camel.append(upper ? Character.toUpperCase(each) : each);
                }
                upper = each == '_';
            }
            return camel.toString();
        }
    }

    /**
     * Appends the protobuf of {@code [from, to)} of an array.
     *
     * @return what is wrong with it, or null
     */
    public @Nullable BatchFault convert(
            Encoding encoding, byte[] text, int from, int to, WriteBuffer target) {
        json = text;
        start = from;
        end = to;
        out = target;
        fault = null;
        int at = JsonSyntax.skipSpace(text, from, to);
        int behind = level(0).read(text, at, to);
        if (behind < 0) {
            fail(syntax.faultAt(), String.valueOf(syntax.fault()));
        } else if (JsonSyntax.skipSpace(text, behind, to) < to) {
            fail(behind, "expected the end of the text behind the object");
        } else {
            message(Signals.request(encoding), at, 0);
        }
        return fault;
    }

    WriteBuffer out() {
        return out;
    }

    byte[] json() {
        return json;
    }

    /** Keeps the first fault. The text is well-formed JSON by then: to go on is harmless. */
    void fail(int at, String reason) {
        if (fault == null) {
            int offset = at - start;
            fault =
                    new BatchFault(
                            BatchFault.Kind.MALFORMED, offset, "byte " + offset + ": " + reason);
        }
    }

    private JsonObject level(int depth) {
        while (levels.size() <= depth) {
            levels.add(new JsonObject(syntax));
        }
        return levels.get(depth);
    }

    /** Writes the fields of a message whose object begins at {@code at}. */
    private void message(Message message, int at, int depth) {
        JsonObject object = object(at, depth);
        FieldNames known = names.computeIfAbsent(message, FieldNames::new);
        for (int i = 0; object != null && i < object.members(); i++) {
            int keyLength = object.keyEnd(i) - object.keyStart(i);
            int name = known.names.find(json, object.keyStart(i), keyLength);
            if (name != Names.NOT_THERE && object.kind(i) != JsonObject.Kind.NULL) {
                field(known.fields.get(name), object, i, depth);
            }
        }
    }

    private @Nullable JsonObject object(int at, int depth) {
        JsonObject object = level(depth);
        if (object.read(json, at, end) < 0) {
            fail(syntax.faultAt(), String.valueOf(syntax.fault()));
            return null;
        }
        return object;
    }

    private void field(Field field, JsonObject object, int member, int depth) {
        boolean list = field.kind == Kind.CHILD && !isData(field);
        boolean repeated = list || field.kind == Kind.KEY_VALUE || field.kind.isElement();
        int at = object.valueStart(member);
        if (!repeated) {
            single(field, object, member, depth);
        } else if (json[at] != '[' || object.kind(member) != JsonObject.Kind.NESTED) {
            fail(at, field.name + " must be an array");
        } else {
            array(field, at, depth);
        }
    }

    /** Whether a field is the data of a metric, which is one message. */
    private static boolean isData(Field field) {
        return field.child().holdsPoints();
    }

    private void array(Field field, int open, int depth) {
        int at = JsonSyntax.skipSpace(json, open + 1, end);
        while (json[at] != ']' && fault == null) {
            if (json[at] == '{') {
                JsonObject element = object(at, depth + 1);
                int behind = element == null ? at : element.read(json, at, end);
                nested(field, at, depth + 1);
                at = behind;
            } else {
                at = scalar.element(field, at, end);
            }
            at = JsonSyntax.skipSpace(json, at, end);
            at = json[at] == ',' ? JsonSyntax.skipSpace(json, at + 1, end) : at;
        }
    }

    private void single(Field field, JsonObject object, int member, int depth) {
        int at = object.valueStart(member);
        if (field.kind.wireType == Tags.LENGTH
                && field.kind != Kind.TEXT
                && field.kind != Kind.HEX) {
            nested(field, at, depth + 1);
        } else {
            scalar.write(field, object, member);
        }
    }

    /** Writes a message that is a field of another, its object beginning at {@code at}. */
    private void nested(Field field, int at, int depth) {
        if (json[at] != '{') {
            fail(at, field.name + " must be an object");
            return;
        }
        if (field.kind.isPackable()) {
            fail(at, field.name + " must hold numbers");
            return;
        }
        ProtoOut.varint(out, field.tag());
        int from = out.length();
        switch (field.kind) {
            case ANY -> any(at, depth);
            case KEY_VALUE -> pair(at, depth);
            default -> message(field.child(), at, depth);
        }
        ProtoOut.prefixSize(out, from);
    }

    private void pair(int at, int depth) {
        JsonObject object = object(at, depth);
        for (int i = 0; object != null && i < object.members(); i++) {
            if (object.kind(i) == JsonObject.Kind.NULL) {
                continue;
            }
            if (is(object, i, "key")) {
                out.put((byte) Tags.KEY);
                scalar.text(object, i);
            } else if (is(object, i, "value")) {
                value(object.valueStart(i), depth + 1);
            }
        }
    }

    /** Field 2 of a pair: an {@code AnyValue}. */
    private void value(int at, int depth) {
        if (json[at] != '{') {
            fail(at, "value must be an object");
            return;
        }
        out.put((byte) Tags.VALUE);
        int from = out.length();
        any(at, depth);
        ProtoOut.prefixSize(out, from);
    }

    private void any(int at, int depth) {
        JsonObject object = object(at, depth);
        for (int i = 0; object != null && i < object.members(); i++) {
            if (object.kind(i) == JsonObject.Kind.NULL) {
                continue;
            }
            if (is(object, i, "stringValue") || is(object, i, "string_value")) {
                out.put((byte) Tags.ANY_STRING);
                scalar.text(object, i);
            } else if (is(object, i, "boolValue") || is(object, i, "bool_value")) {
                out.put((byte) Tags.ANY_BOOL);
                scalar.bool(object, i);
            } else if (is(object, i, "intValue") || is(object, i, "int_value")) {
                out.put((byte) Tags.ANY_INT);
                ProtoOut.varint(out, scalar.signed(object.valueStart(i), object.valueEnd(i)));
            } else if (is(object, i, "doubleValue") || is(object, i, "double_value")) {
                out.put((byte) Tags.ANY_DOUBLE);
                scalar.real(object.valueStart(i), object.valueEnd(i));
            } else if (is(object, i, "bytesValue") || is(object, i, "bytes_value")) {
                out.put((byte) Tags.ANY_BYTES);
                scalar.base64(object, i);
            } else if (is(object, i, "arrayValue") || is(object, i, "array_value")) {
                list(Tags.ANY_ARRAY, object.valueStart(i), depth + 1);
            } else if (is(object, i, "kvlistValue") || is(object, i, "kvlist_value")) {
                list(Tags.ANY_LIST, object.valueStart(i), depth + 1);
            }
        }
    }

    /** An {@code ArrayValue} or {@code KeyValueList}. */
    private void list(int tag, int at, int depth) {
        if (json[at] != '{') {
            fail(at, "a list of values must be an object");
            return;
        }
        out.put((byte) tag);
        int from = out.length();
        JsonObject object = object(at, depth);
        for (int i = 0; object != null && i < object.members(); i++) {
            if (is(object, i, "values") && object.kind(i) != JsonObject.Kind.NULL) {
                values(tag, object.valueStart(i), depth + 1);
            }
        }
        ProtoOut.prefixSize(out, from);
    }

    private void values(int tag, int open, int depth) {
        int at = JsonSyntax.skipSpace(json, open + 1, end);
        if (json[open] != '[') {
            fail(open, "values must be an array");
            return;
        }
        while (json[at] != ']' && fault == null) {
            if (json[at] != '{') {
                fail(at, "a value must be an object");
                return;
            }
            JsonObject element = object(at, depth);
            int behind = element == null ? at : element.read(json, at, end);
            out.put((byte) Tags.VALUES);
            int from = out.length();
            if (tag == Tags.ANY_ARRAY) {
                any(at, depth);
            } else {
                pair(at, depth);
            }
            ProtoOut.prefixSize(out, from);
            at = JsonSyntax.skipSpace(json, behind, end);
            at = json[at] == ',' ? JsonSyntax.skipSpace(json, at + 1, end) : at;
        }
    }

    private boolean is(JsonObject object, int member, String name) {
        int from = object.keyStart(member);
        if (object.keyEnd(member) - from != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (json[from + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
