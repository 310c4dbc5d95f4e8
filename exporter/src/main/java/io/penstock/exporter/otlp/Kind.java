package io.penstock.exporter.otlp;

/** What a field of a message is, and how it stands on the wire. */
enum Kind {
    /** A text. */
    TEXT(Tags.LENGTH),
    /** Opaque bytes that people know as hexadecimal digits: ids. */
    HEX(Tags.LENGTH),
    /** A number of up to 64 bits, not negative, or an enum. */
    VARINT(Tags.VARINT),
    /** A number in zigzag form. */
    ZIGZAG(Tags.VARINT),
    /** True or false. */
    BOOL(Tags.VARINT),
    /** Eight bytes, not negative. */
    FIXED64(Tags.FIXED64),
    /** Eight bytes, with a sign. */
    SFIXED64(Tags.FIXED64),
    /** Four bytes, not negative. */
    FIXED32(Tags.FIXED32),
    /** A floating point number. */
    DOUBLE(Tags.FIXED64),
    /** An {@code AnyValue}. */
    ANY(Tags.LENGTH),
    /** One {@code KeyValue} of several: a field of its own, its name a prefix and the key. */
    KEY_VALUE(Tags.LENGTH),
    /** A message whose fields count as those of the one around it. */
    INLINE(Tags.LENGTH),
    /** A message that becomes an element of a JSON array. */
    ELEMENT(Tags.LENGTH),
    /** One of several {@link #FIXED64}, packed or not. */
    FIXED64_ELEMENT(Tags.FIXED64),
    /** One of several {@link #DOUBLE}, packed or not. */
    DOUBLE_ELEMENT(Tags.FIXED64),
    /** One of several {@link #VARINT}, packed or not. */
    VARINT_ELEMENT(Tags.VARINT),
    /** A message that holds records, or is one. */
    CHILD(Tags.LENGTH);

    final int wireType;

    Kind(int wireType) {
        this.wireType = wireType;
    }

    /** Whether all occurrences together are one JSON array. */
    boolean isElement() {
        return this == ELEMENT || isPackable();
    }

    /** Whether several may stand in one length-delimited run. */
    boolean isPackable() {
        return this == FIXED64_ELEMENT || this == DOUBLE_ELEMENT || this == VARINT_ELEMENT;
    }
}
