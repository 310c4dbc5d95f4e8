package io.penstock.exporter.otlp;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One field of a {@link Message}. Threading: immutable. */
final class Field {

    /** What a field has to do with the time of its record. */
    enum Time {
        /** Nothing. */
        NONE,
        /** It is the time of the record. */
        OF_RECORD,
        /** It is, where the record states no other; it stays a field beside. */
        INSTEAD
    }

    final int number;

    /** The name in the .proto file. */
    final String name;

    final Kind kind;

    /** What a record calls it, or the prefix of the keys of a {@link Kind#KEY_VALUE}. */
    final byte[] label;

    /** What an element of a JSON array calls it. */
    final byte[] key;

    /** Number of the label; the same for the same label. */
    final int labelId;

    /** Whether zero is told from absent. */
    final boolean explicit;

    final Time time;

    /** The message in it, for kinds that have one. */
    final @Nullable Message message;

    private Field(Maker from) {
        number = from.number;
        name = from.name;
        kind = from.kind;
        label = from.label.getBytes(StandardCharsets.UTF_8);
        key = kind == Kind.KEY_VALUE ? name.getBytes(StandardCharsets.UTF_8) : label;
        labelId = from.labelId;
        explicit = from.explicit;
        time = from.time;
        message = from.message;
    }

    int tag() {
        return number << 3 | kind.wireType;
    }

    /** Whether a tag with this field's number is one that the field may have. */
    boolean fits(int tag) {
        int type = tag & 7;
        return type == kind.wireType || (type == Tags.LENGTH && kind.isPackable());
    }

    /** The message in it. */
    Message child() {
        if (message == null) {
            throw new IllegalStateException(name + " holds no message");
        }
        return message;
    }

    /** Puts a field together. */
    static final class Maker {
        private final int number;
        private final String name;
        private final Kind kind;
        private String label;
        private int labelId;
        private boolean explicit;
        private Time time = Time.NONE;
        private @Nullable Message message;

        Maker(int number, String name, Kind kind) {
            this.number = number;
            this.name = name;
            this.kind = kind;
            this.label = name;
        }

        /** Called otherwise in records. */
        Maker as(String newLabel) {
            label = newLabel;
            return this;
        }

        Maker explicit() {
            explicit = true;
            return this;
        }

        Maker time(Time role) {
            time = role;
            return this;
        }

        Maker of(Message nested) {
            message = nested;
            return this;
        }

        Field make(Labels labels) {
            labelId = labels.id(label);
            return new Field(this);
        }
    }
}
