package io.penstock.exporter.otlp;

import io.penstock.exporter.record.BatchDecoder;
import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.record.WireReader;
import io.penstock.exporter.record.WriteBuffer;

/**
 * Walks a request and says each log record, data point or span with what it inherits, without an
 * object per record or value. Each message is walked twice: for its own fields, which may stand
 * behind the records in it, then for the records.
 *
 * <p>Stricter than protobuf where leniency would hide a defect of the sender: a known field with a
 * foreign wire type and a text that is not UTF-8 are faults. Unknown fields are passed over.
 *
 * <p>Threading: confined to one thread.
 */
final class OtlpDecoder implements BatchDecoder {
    private static final long NO_TIME = 0;

    private final Message request;
    private final WireReader wire = new WireReader();
    private final Slots slots = new Slots();
    private final AnyValues values = new AnyValues(wire, slots);
    private final Elements elements = new Elements(wire, values);
    private final FieldNumbers numbers = new FieldNumbers();
    private final OtlpSlicer slicer;
    private int[] numberOf = new int[64];

    private long time;
    private long timeInstead;
    private int record;

    OtlpDecoder(Message request) {
        this.request = request;
        this.slicer = new OtlpSlicer(request, wire);
    }

    @Override
    public void slice(BatchBytes batch, int from, int to, WriteBuffer out) {
        slicer.slice(batch, from, to, out);
    }

    @Override
    public void read(BatchBytes batch, int from, int to, RecordVisitor visitor) {
        wire.wrap(batch.bytes(), batch.start());
        slots.clear();
        numbers.reset(visitor);
        record = 0;
        new Reading(batch, from, to, visitor).children(request, batch.end());
    }

    /** One call of read: what all levels need to know. */
    private final class Reading {
        private final BatchBytes batch;
        private final int from;
        private final int to;
        private final RecordVisitor visitor;

        Reading(BatchBytes batch, int from, int to, RecordVisitor visitor) {
            this.batch = batch;
            this.from = from;
            this.to = to;
            this.visitor = visitor;
        }

        /** Says the records in a message up to {@code end}, whose own fields are in slots. */
        void children(Message message, int end) {
            while (wire.at() < end && record < to) {
                int at = wire.at();
                int tag = wire.tag(end);
                Field field = message.field(tag);
                if (field == null || field.kind != Kind.CHILD) {
                    wire.skipValue(tag, end);
                    continue;
                }
                if (!field.fits(tag)) {
                    throw wire.fault(at, OtlpScan.wrongType(field, tag));
                }
                int childEnd = wire.size(end) + wire.at();
                if (!field.child().isRecord()) {
                    container(field, childEnd);
                } else if (record++ >= from) {
                    one(field.child(), childEnd);
                }
                wire.seek(childEnd);
            }
        }

        private void container(Field in, int end) {
            int start = wire.at();
            int textLength = slots.text.length();
            int outer = slots.push();
            own(in.child(), end);
            if (in.child().holdsPoints()) {
                int at = slots.text.length();
                slots.text.put(in.label, 0, in.label.length);
                slots.ownText(slots.open(Signals.METRIC_TYPE), at);
            }
            wire.seek(start);
            children(in.child(), end);
            slots.pop(outer, textLength);
        }

        private void one(Message message, int end) {
            int textLength = slots.text.length();
            int outer = slots.push();
            time = NO_TIME;
            timeInstead = NO_TIME;
            own(message, end);
            say();
            slots.pop(outer, textLength);
        }

        private void say() {
            number();
            long stated = time != NO_TIME ? time : timeInstead;
            visitor.startRecord(stated != NO_TIME ? stated : batch.arrivedNanos());
            numbers.beginRecord();
            for (int slot = 0; slot < slots.count(); slot++) {
                if (numbers.first(numberOf[slot])) {
                    slots.say(slot, batch.bytes(), numberOf[slot], visitor);
                }
            }
            visitor.endRecord();
        }

        /** Has a number for each slot; when there are too many names, all are announced anew. */
        private void number() {
            if (slots.count() > numberOf.length) {
                numberOf = new int[slots.count() * 2];
            }
            boolean anew = false;
            int slot = 0;
            while (slot < slots.count()) {
                int known = numbers.find(slots, slot, batch.bytes());
                if (known == FieldNumbers.NOT_THERE && numbers.full()) {
                    if (anew) {
                        throw wire.fault(
                                wire.at(),
                                "a record has over " + FieldNumbers.MAX_FIELDS + " fields");
                    }
                    anew = true;
                    numbers.reset(visitor);
                    slot = 0;
                } else {
                    numberOf[slot] =
                            known == FieldNumbers.NOT_THERE
                                    ? numbers.add(slots, slot, batch.bytes(), visitor)
                                    : known;
                    slot++;
                }
            }
        }
    }

    /** Collects the fields of a message up to {@code end}, but for the records in it. */
    private void own(Message message, int end) {
        while (wire.at() < end) {
            int at = wire.at();
            int tag = wire.tag(end);
            Field field = message.field(tag);
            if (field == null || field.kind == Kind.CHILD) {
                wire.skipValue(tag, end);
            } else if (!field.fits(tag)) {
                throw wire.fault(at, OtlpScan.wrongType(field, tag));
            } else if (field.kind.isElement()) {
                array(field, at, tag, end);
            } else if (field.kind.wireType == Tags.LENGTH) {
                lengthy(field, end);
            } else {
                number(field, end);
            }
        }
    }

    private void array(Field field, int at, int tag, int end) {
        wire.skipValue(tag, end);
        if (slots.find(field) == Slots.NONE) {
            int behind = wire.at();
            int start = slots.text.length();
            wire.seek(at);
            elements.write(field, end);
            slots.json(slots.open(field), start);
            wire.seek(behind);
        }
    }

    private void lengthy(Field field, int end) {
        switch (field.kind) {
            case TEXT -> {
                int length = values.text(end);
                if (length > 0) {
                    slots.text(slots.open(field), wire.at() - length, length);
                }
            }
            case HEX -> {
                int length = wire.size(end);
                int start = slots.text.length();
                values.out().hex(wire.bytes(), wire.at(), length);
                wire.seek(wire.at() + length);
                if (length > 0) {
                    slots.ownText(slots.open(field), start);
                }
            }
            case ANY -> values.read(slots.open(field), wire.size(end) + wire.at());
            case KEY_VALUE -> values.readPair(field, wire.size(end) + wire.at());
            default -> own(field.child(), wire.size(end) + wire.at());
        }
    }

    private void number(Field field, int end) {
        switch (field.kind) {
            case BOOL -> {
                if (wire.varint(end) != 0) {
                    slots.bool(slots.open(field), true);
                }
            }
            case DOUBLE -> {
                long bits = wire.fixed64(end);
                if (field.explicit || Double.longBitsToDouble(bits) != 0) {
                    slots.real(slots.open(field), bits);
                }
            }
            case FIXED64 -> fixed64(field, wire.fixed64(end));
            case SFIXED64 -> whole(field, wire.fixed64(end));
            case FIXED32 -> whole(field, wire.fixed32(end));
            case ZIGZAG -> {
                long zigzag = wire.varint(end);
                whole(field, zigzag >>> 1 ^ -(zigzag & 1));
            }
            default -> whole(field, wire.varint(end));
        }
    }

    private void whole(Field field, long value) {
        if (field.explicit || value != 0) {
            slots.integer(slots.open(field), value);
        }
    }

    /** A number without a sign; a time beyond the year 2262 is none that a visitor could hear. */
    private void fixed64(Field field, long value) {
        if (field.time == Field.Time.OF_RECORD && value >= 0) {
            time = value;
            return;
        }
        timeInstead = field.time == Field.Time.INSTEAD && value > 0 ? value : timeInstead;
        if (value >= 0) {
            whole(field, value);
        } else {
            int start = slots.text.length();
            values.out().unsigned(value);
            slots.json(slots.open(field), start);
        }
    }
}
