package io.penstock.exporter.ring;

/**
 * The body of a claimed slot, written front to back. Threading: confined to the append that lends
 * it.
 */
public interface SlotWriter {
    /**
     * Copies the next bytes of the body and takes them into the checksum.
     *
     * @throws IndexOutOfBoundsException when more is written than the entry announced
     */
    void put(byte[] source, int offset, int length);

    /** Where the entry will be, once it is visible; -1 where that is not known. */
    default long position() {
        return -1;
    }
}
