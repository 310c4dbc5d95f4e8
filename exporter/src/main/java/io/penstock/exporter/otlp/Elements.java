package io.penstock.exporter.otlp;

import io.penstock.exporter.record.WireReader;

/**
 * Writes repeated fields as JSON arrays: numbers, and messages as objects. Fields at their default
 * are left out of objects, as of records.
 *
 * <p>Threading: confined to one thread.
 */
final class Elements {
    private final WireReader wire;
    private final AnyValues values;
    private final JsonOut out;

    Elements(WireReader wire, AnyValues values) {
        this.wire = wire;
        this.values = values;
        this.out = values.out();
    }

    /**
     * Writes all that a field holds between the first of it, whose tag starts here, and {@code
     * end}.
     */
    void write(Field field, int end) {
        out.open('[');
        while (wire.at() < end) {
            int tag = wire.tag(end);
            if (tag >>> 3 != field.number || !field.fits(tag)) {
                wire.skipValue(tag, end);
            } else if (field.kind == Kind.ELEMENT) {
                out.separate();
                object(field.child(), wire.size(end) + wire.at());
            } else if ((tag & 7) == Tags.LENGTH) {
                packed(field.kind, wire.size(end) + wire.at());
            } else {
                number(field.kind, end);
            }
        }
        out.close(']');
    }

    private void packed(Kind kind, int end) {
        while (wire.at() < end) {
            number(kind, end);
        }
    }

    private void number(Kind kind, int end) {
        out.separate();
        switch (kind) {
            case DOUBLE_ELEMENT -> out.real(Double.longBitsToDouble(wire.fixed64(end)));
            case FIXED64_ELEMENT -> out.unsigned(wire.fixed64(end));
            default -> out.unsigned(wire.varint(end));
        }
    }

    private void object(Message message, int end) {
        out.open('{');
        boolean attributesDone = false;
        while (wire.at() < end) {
            int at = wire.at();
            int tag = wire.tag(end);
            Field field = message.field(tag);
            if (field == null) {
                wire.skipValue(tag, end);
            } else if (!field.fits(tag)) {
                throw wire.fault(at, OtlpScan.wrongType(field, tag));
            } else if (field.kind != Kind.KEY_VALUE) {
                member(field, end);
            } else if (attributesDone) {
                wire.skipValue(tag, end);
            } else {
                attributesDone = true;
                attributes(field, at, end);
            }
        }
        out.close('}');
    }

    /** All attributes of a message as one object, the first of which starts at {@code at}. */
    private void attributes(Field field, int at, int end) {
        out.key(field.key);
        out.open('{');
        wire.seek(at);
        int behindFirst = at;
        while (wire.at() < end) {
            int tag = wire.tag(end);
            if (tag == field.tag()) {
                values.writePair(wire.size(end) + wire.at(), 1);
            } else {
                wire.skipValue(tag, end);
            }
            behindFirst = behindFirst == at ? wire.at() : behindFirst;
        }
        out.close('}');
        wire.seek(behindFirst);
    }

    private void member(Field field, int end) {
        switch (field.kind) {
            case TEXT -> text(field, end);
            case HEX -> hex(field, end);
            case DOUBLE -> {
                double value = Double.longBitsToDouble(wire.fixed64(end));
                if (field.explicit || value != 0) {
                    out.key(field.key);
                    out.real(value);
                }
            }
            case SFIXED64 -> {
                out.key(field.key);
                out.integer(wire.fixed64(end));
            }
            default -> unsigned(field, end);
        }
    }

    private void text(Field field, int end) {
        int length = values.text(end);
        if (length > 0) {
            out.key(field.key);
            out.text(wire.bytes(), wire.at() - length, length);
        }
    }

    private void hex(Field field, int end) {
        int length = wire.size(end);
        if (length > 0) {
            out.key(field.key);
            out.quote();
            out.hex(wire.bytes(), wire.at(), length);
            out.quote();
            wire.seek(wire.at() + length);
        }
    }

    private void unsigned(Field field, int end) {
        long value =
                switch (field.kind) {
                    case FIXED64 -> wire.fixed64(end);
                    case FIXED32 -> wire.fixed32(end);
                    default -> wire.varint(end);
                };
        if (value != 0) {
            out.key(field.key);
            out.unsigned(value);
        }
    }
}
