package io.penstock.exporter.record;

import io.penstock.exporter.text.JsonObject;
import io.penstock.exporter.text.JsonValues;

/**
 * Says the value of a JSON object's member to a visitor: a text without its escapes, an integer
 * that fits 64 bits, a finite double, true, false, null; all else as its JSON text.
 *
 * <p>Threading: confined to one thread.
 */
public final class JsonMember {

    private final WriteBuffer scratch = new WriteBuffer(256);

    /**
     * Says one member's value.
     *
     * @param bytes the array that the object was read from
     * @param field the visitor's number for it
     */
    public void say(JsonObject object, int member, byte[] bytes, int field, RecordVisitor visitor) {
        int start = object.valueStart(member);
        int end = object.valueEnd(member);
        switch (object.kind(member)) {
            case TEXT -> visitor.stringValue(field, bytes, start, end - start);
            case ESCAPED_TEXT -> {
                scratch.clear();
                scratch.reserve(end - start);
                scratch.length = JsonValues.unescape(bytes, start, end, scratch.bytes, 0);
                visitor.stringValue(field, scratch.bytes, 0, scratch.length);
            }
            case INTEGER -> integer(field, bytes, start, end, visitor);
            case REAL -> real(field, bytes, start, end, visitor);
            case BOOLEAN -> visitor.boolValue(field, bytes[start] == 't');
            case NULL -> visitor.nullValue(field);
            case NESTED -> visitor.jsonValue(field, bytes, start, end - start);
        }
    }

    private static void integer(
            int field, byte[] bytes, int start, int end, RecordVisitor visitor) {
        if (JsonValues.fitsLong(bytes, start, end)) {
            visitor.intValue(field, JsonValues.toLong(bytes, start, end));
        } else {
            visitor.jsonValue(field, bytes, start, end - start);
        }
    }

    private static void real(int field, byte[] bytes, int start, int end, RecordVisitor visitor) {
        double value = JsonValues.toDouble(bytes, start, end);
        if (Double.isFinite(value)) {
            visitor.doubleValue(field, value);
        } else {
            visitor.jsonValue(field, bytes, start, end - start);
        }
    }
}
