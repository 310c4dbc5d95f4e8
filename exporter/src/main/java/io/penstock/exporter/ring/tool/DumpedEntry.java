package io.penstock.exporter.ring.tool;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a dump.
 *
 * @param file segment file that it lies in
 * @param position its position
 * @param readable whether its checksum is right; when it is not, the rest is what the bytes say
 * @param encoding code of the body's encoding
 * @param records records in the body
 * @param producerId producer, or 0
 * @param sequence sequence of the producer
 * @param arrivedMs time of arrival, milliseconds since the epoch
 * @param bodyBytes length of the body
 * @param body the body, if it was asked for and the entry is readable
 */
public record DumpedEntry(
        Path file,
        long position,
        boolean readable,
        byte encoding,
        int records,
        long producerId,
        long sequence,
        long arrivedMs,
        int bodyBytes,
        @Nullable ByteBuffer body) {}
