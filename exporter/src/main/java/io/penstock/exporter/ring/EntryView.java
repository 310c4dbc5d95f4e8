package io.penstock.exporter.ring;

/** A flyweight over one staged entry. Threading: confined to the walk that lends it. */
public interface EntryView {
    /** Position of the entry. */
    long position();

    /** Code of the body's encoding. */
    byte encoding();

    /** Records in the body. */
    int records();

    /** Producer, or 0. */
    long producerId();

    /** Sequence of the producer. */
    long sequence();

    /** Time of arrival, milliseconds since the epoch. */
    long arrivedMs();

    /** Length of the body. */
    int bodyBytes();

    /** Copies the whole body. */
    void copyBody(byte[] target, int offset);
}
