package io.penstock.exporter.record;

import io.penstock.exporter.text.Utf8;

/**
 * Reads one FieldSchema: where its name lies, checked by the rules of record.proto. The declared
 * type is passed over: values say their own.
 *
 * <p>Threading: confined to one thread.
 */
final class FieldSchemaReader {

    int nameAt;
    int nameLength;

    /**
     * Reads the message in {@code [wire.at, end)}.
     *
     * @throws MalformedBatchException when it is none
     */
    void read(WireReader wire, int end) {
        int from = wire.at;
        nameAt = from;
        nameLength = 0;
        while (wire.at < end) {
            int tag = wire.tag(end);
            if (tag == Wire.SCHEMA_NAME) {
                nameLength = wire.size(end);
                nameAt = wire.at;
                wire.at += nameLength;
            } else if (tag != Wire.SCHEMA_TYPE && (tag >>> 3 == 1 || tag >>> 3 == 2)) {
                throw wire.fault(from, wrongType("FieldSchema", tag));
            } else {
                wire.skipValue(tag, end);
            }
        }
        check(wire, from);
    }

    private void check(WireReader wire, int from) {
        if (nameLength == 0) {
            throw wire.fault(from, "a field has no name");
        }
        if (nameLength > Wire.MAX_NAME_BYTES) {
            throw wire.fault(
                    nameAt,
                    "a field name has "
                            + nameLength
                            + " bytes, the limit is "
                            + Wire.MAX_NAME_BYTES);
        }
        int bad = Utf8.firstFault(wire.bytes, nameAt, nameAt + nameLength);
        if (bad != Utf8.VALID) {
            throw wire.fault(bad, "a field name is not UTF-8");
        }
        for (int i = nameAt; i < nameAt + nameLength; i++) {
            if ((wire.bytes[i] >= 0 && wire.bytes[i] < ' ') || wire.bytes[i] == 0x7f) {
                throw wire.fault(i, "a field name has a control character");
            }
        }
    }

    /** The sentence for a known field with a wire type that is not its own. */
    static String wrongType(String message, int tag) {
        return "field " + (tag >>> 3) + " of " + message + " has wire type " + (tag & 7);
    }
}
