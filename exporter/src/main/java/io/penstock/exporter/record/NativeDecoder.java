package io.penstock.exporter.record;

import io.penstock.exporter.text.Utf8;

/**
 * Walks a RecordBatch and drives a visitor, without an object per record or value.
 *
 * <p>Stricter than protobuf where leniency would hide a defect of the sender: a known field with a
 * foreign wire type, groups, and a time that is stated twice are faults. Unknown fields are passed
 * over; of several kinds in one Value the last counts, as protobuf says.
 *
 * <p>Threading: confined to one thread.
 */
final class NativeDecoder implements BatchDecoder {

    private final WireReader wire = new WireReader();
    private final FieldSchemaReader schema = new FieldSchemaReader();
    private int fields;

    @Override
    public void read(BatchBytes batch, int from, int to, RecordVisitor visitor) {
        wire.wrap(batch.bytes(), batch.start());
        fields = 0;
        visitor.resetFields();
        int end = batch.end();
        int record = 0;
        while (wire.at < end && record < to) {
            int at = wire.at;
            int tag = wire.tag(end);
            if (tag == Wire.BATCH_RECORDS) {
                int recordEnd = wire.size(end) + wire.at;
                if (record++ >= from) {
                    record(recordEnd, batch.arrivedNanos(), visitor);
                }
                wire.at = recordEnd;
            } else if (tag == Wire.BATCH_FIELDS) {
                field(at, wire.size(end) + wire.at, record, visitor);
            } else {
                other("RecordBatch", at, tag, end);
            }
        }
    }

    @Override
    public void slice(BatchBytes batch, int from, int to, WriteBuffer out) {
        wire.wrap(batch.bytes(), batch.start());
        int end = batch.end();
        int record = 0;
        int schemaEnd = end;
        int sliceStart = end;
        int sliceEnd = end;
        while (wire.at < end && (record < to || record == 0)) {
            int at = wire.at;
            int tag = wire.tag(end);
            wire.skipValue(tag, end);
            if (tag == Wire.BATCH_RECORDS) {
                schemaEnd = record == 0 ? at : schemaEnd;
                sliceStart = record == from ? at : sliceStart;
                sliceEnd = record < to ? wire.at : sliceStart;
                record++;
            }
        }
        // Fields stand before the first record, so what stands before it is the schema.
        out.put(batch.bytes(), batch.start(), schemaEnd - batch.start());
        if (sliceStart < sliceEnd) {
            out.put(batch.bytes(), sliceStart, sliceEnd - sliceStart);
        }
    }

    private void field(int at, int end, int records, RecordVisitor visitor) {
        if (records > 0) {
            throw wire.fault(at, "field " + (fields + 1) + " stands behind a record");
        }
        if (fields == Wire.MAX_FIELDS) {
            throw wire.fault(at, "the batch has over " + Wire.MAX_FIELDS + " fields");
        }
        schema.read(wire, end);
        visitor.field(fields++, wire.bytes, schema.nameAt, schema.nameLength);
        wire.at = end;
    }

    private void record(int end, long arrivedNanos, RecordVisitor visitor) {
        long time = time(end);
        visitor.startRecord(time == 0 ? arrivedNanos : time);
        boolean timeSeen = false;
        int field = 0;
        while (wire.at < end) {
            int at = wire.at;
            int tag = wire.tag(end);
            if (tag == Wire.RECORD_VALUES) {
                int valueEnd = wire.size(end) + wire.at;
                if (field == fields) {
                    throw wire.fault(at, "a record has more values than the " + fields + " fields");
                }
                value(field++, valueEnd, visitor);
                wire.at = valueEnd;
            } else if (tag == Wire.RECORD_TIME) {
                if (timeSeen) {
                    throw wire.fault(at, "a record states its time twice");
                }
                timeSeen = true;
                wire.fixed64(end);
            } else {
                other("Record", at, tag, end);
            }
        }
        visitor.endRecord();
    }

    /** The record's time, which the visitor must hear first; every writer puts it first, too. */
    private long time(int end) {
        int start = wire.at;
        long time = 0;
        boolean found = false;
        while (wire.at < end && !found) {
            int tag = wire.tag(end);
            found = tag == Wire.RECORD_TIME;
            if (found) {
                time = wire.fixed64(end);
            } else {
                wire.skipValue(tag, end);
            }
        }
        wire.at = start;
        return time;
    }

    private void value(int field, int end, RecordVisitor visitor) {
        int start = wire.at;
        if (start == end) {
            visitor.nullValue(field);
            return;
        }
        int tag = wire.tag(end);
        switch (tag) {
            case Wire.VALUE_STRING, Wire.VALUE_BYTES -> bytes(field, tag, start, end, visitor);
            case Wire.VALUE_INT -> {
                long zigzag = wire.varint(end);
                if (whole(field, start, end, visitor)) {
                    visitor.intValue(field, zigzag >>> 1 ^ -(zigzag & 1));
                }
            }
            case Wire.VALUE_DOUBLE -> {
                long bits = wire.fixed64(end);
                if (whole(field, start, end, visitor)) {
                    visitor.doubleValue(field, Double.longBitsToDouble(bits));
                }
            }
            case Wire.VALUE_BOOL -> {
                long bool = wire.varint(end);
                if (whole(field, start, end, visitor)) {
                    visitor.boolValue(field, bool != 0);
                }
            }
            default -> lastKind(field, start, end, visitor);
        }
    }

    private void bytes(int field, int tag, int start, int end, RecordVisitor visitor) {
        int length = wire.size(end);
        int at = wire.at;
        wire.at = at + length;
        if (!whole(field, start, end, visitor)) {
            return;
        }
        if (tag == Wire.VALUE_BYTES) {
            visitor.bytesValue(field, wire.bytes, at, length);
            return;
        }
        int bad = Utf8.firstFault(wire.bytes, at, end);
        if (bad != Utf8.VALID) {
            throw wire.fault(bad, "the text of field " + (field + 1) + " is not UTF-8");
        }
        visitor.stringValue(field, wire.bytes, at, length);
    }

    /** Whether the kind just read is all there is to the Value; if not, says the Value in full. */
    private boolean whole(int field, int start, int end, RecordVisitor visitor) {
        if (wire.at == end) {
            return true;
        }
        lastKind(field, start, end, visitor);
        return false;
    }

    private void lastKind(int field, int start, int end, RecordVisitor visitor) {
        wire.at = start;
        int last = start;
        int lastEnd = start;
        while (wire.at < end) {
            int at = wire.at;
            int tag = wire.tag(end);
            boolean known = known(tag);
            if (!known && tag >>> 3 <= Wire.LAST_KIND) {
                throw wire.fault(at, FieldSchemaReader.wrongType("Value", tag));
            }
            wire.skipValue(tag, end);
            last = known ? at : last;
            lastEnd = known ? wire.at : lastEnd;
        }
        wire.at = last;
        value(field, lastEnd, visitor);
    }

    private static boolean known(int tag) {
        return tag == Wire.VALUE_STRING
                || tag == Wire.VALUE_INT
                || tag == Wire.VALUE_DOUBLE
                || tag == Wire.VALUE_BOOL
                || tag == Wire.VALUE_BYTES;
    }

    private void other(String message, int at, int tag, int end) {
        if (tag >>> 3 == 1 || tag >>> 3 == 2) {
            throw wire.fault(at, FieldSchemaReader.wrongType(message, tag));
        }
        wire.skipValue(tag, end);
    }
}
