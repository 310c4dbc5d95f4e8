package io.penstock.exporter.sink.body;

import java.io.IOException;

/** Takes bytes in order. The array is lent for the duration of the call. */
@FunctionalInterface
public interface ByteTarget {
    /** Where bytes go between two bodies: there are none. */
    ByteTarget NOWHERE = (bytes, offset, length) -> {};

    /** Takes all of the bytes, or throws. */
    void write(byte[] bytes, int offset, int length) throws IOException;
}
