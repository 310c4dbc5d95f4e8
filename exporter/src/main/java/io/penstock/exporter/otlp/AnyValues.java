package io.penstock.exporter.otlp;

import io.penstock.exporter.record.WireReader;
import io.penstock.exporter.text.Utf8;

/**
 * Reads {@code AnyValue} and {@code KeyValue}: plain values into slots, nested ones as JSON. Of
 * several kinds in one value the last counts; none is null.
 *
 * <p>Threading: confined to one thread.
 */
final class AnyValues {
    /** Values in values; what protobuf's own readers allow. */
    static final int MAX_DEPTH = 100;

    private final WireReader wire;
    private final Slots slots;
    private final JsonOut out;
    private int keyStart;
    private int keyLength;
    private int valueStart;
    private int valueEnd;

    AnyValues(WireReader wire, Slots slots) {
        this.wire = wire;
        this.slots = slots;
        this.out = new JsonOut(slots.text);
    }

    JsonOut out() {
        return out;
    }

    /** Reads the value up to {@code end} into a slot. */
    void read(int slot, int end) {
        int tag = last(end);
        switch (tag) {
            case Tags.ANY_STRING -> {
                int length = text(end);
                slots.text(slot, wire.at() - length, length);
            }
            case Tags.ANY_BYTES -> {
                int length = wire.size(end);
                slots.bytes(slot, wire.at(), length);
            }
            case Tags.ANY_INT -> slots.integer(slot, wire.varint(end));
            case Tags.ANY_DOUBLE -> slots.real(slot, wire.fixed64(end));
            case Tags.ANY_BOOL -> slots.bool(slot, wire.varint(end) != 0);
            case Tags.ANY_ARRAY, Tags.ANY_LIST -> {
                int start = slots.text.length();
                nested(tag, end, 1);
                slots.json(slot, start);
            }
            default -> slots.none(slot);
        }
        wire.seek(end);
    }

    /** Reads the {@code KeyValue} up to {@code end} into a slot of its own. */
    void readPair(Field field, int end) {
        pair(end);
        int slot = slots.open(field, keyStart, keyLength);
        wire.seek(valueStart);
        read(slot, valueEnd);
        wire.seek(end);
    }

    /** Writes the {@code KeyValue} up to {@code end} as a member of a JSON object. */
    void writePair(int end, int depth) {
        pair(end);
        out.separate();
        out.text(wire.bytes(), keyStart, keyLength);
        out.colon();
        wire.seek(valueStart);
        write(valueEnd, depth);
        wire.seek(end);
    }

    /** Finds key and value; both are empty where they are missing. */
    private void pair(int end) {
        keyStart = wire.at();
        keyLength = 0;
        valueStart = end;
        valueEnd = end;
        while (wire.at() < end) {
            int at = wire.at();
            int tag = wire.tag(end);
            if (tag == Tags.KEY) {
                keyLength = text(end);
                keyStart = wire.at() - keyLength;
            } else if (tag == Tags.VALUE) {
                int size = wire.size(end);
                valueStart = wire.at();
                valueEnd = valueStart + size;
                wire.seek(valueEnd);
            } else if (tag >>> 3 <= 2) {
                throw wire.fault(
                        at, "field " + (tag >>> 3) + " of KeyValue has wire type " + (tag & 7));
            } else {
                wire.skipValue(tag, end);
            }
        }
    }

    /** Reads a text and stands behind it; its length. */
    int text(int end) {
        int length = wire.size(end);
        int start = wire.at();
        int bad = Utf8.firstFault(wire.bytes(), start, start + length);
        if (bad != Utf8.VALID) {
            throw wire.fault(bad, "a text is not UTF-8");
        }
        wire.seek(start + length);
        return length;
    }

    /** Goes behind the tag of the last kind of a value; that tag, or 0. */
    private int last(int end) {
        int found = 0;
        int behind = end;
        while (wire.at() < end) {
            int at = wire.at();
            int tag = wire.tag(end);
            if (Tags.isAny(tag)) {
                found = tag;
                behind = wire.at();
            } else if (tag >>> 3 <= Tags.LAST_ANY) {
                throw wire.fault(
                        at, "field " + (tag >>> 3) + " of AnyValue has wire type " + (tag & 7));
            }
            wire.skipValue(tag, end);
        }
        wire.seek(behind);
        return found;
    }

    private void write(int end, int depth) {
        int tag = last(end);
        switch (tag) {
            case Tags.ANY_STRING -> {
                int length = text(end);
                out.text(wire.bytes(), wire.at() - length, length);
            }
            case Tags.ANY_BYTES -> {
                int length = wire.size(end);
                out.base64(wire.bytes(), wire.at(), length);
            }
            case Tags.ANY_INT -> out.integer(wire.varint(end));
            case Tags.ANY_DOUBLE -> out.real(Double.longBitsToDouble(wire.fixed64(end)));
            case Tags.ANY_BOOL -> out.bool(wire.varint(end) != 0);
            case Tags.ANY_ARRAY, Tags.ANY_LIST -> nested(tag, end, depth + 1);
            default -> out.none();
        }
        wire.seek(end);
    }

    private void nested(int kind, int end, int depth) {
        if (depth > MAX_DEPTH) {
            throw wire.fault(wire.at(), "values nest over " + MAX_DEPTH + " deep");
        }
        int listEnd = wire.size(end) + wire.at();
        boolean array = kind == Tags.ANY_ARRAY;
        out.open(array ? '[' : '{');
        while (wire.at() < listEnd) {
            int tag = wire.tag(listEnd);
            if (tag != Tags.VALUES) {
                wire.skipValue(tag, listEnd);
                continue;
            }
            int valueEnd = wire.size(listEnd) + wire.at();
            if (array) {
                out.separate();
                write(valueEnd, depth);
            } else {
                writePair(valueEnd, depth);
            }
        }
        out.close(array ? ']' : '}');
    }
}
