package io.penstock.gateway.follow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * Some bytes of a file by their checksum.
 *
 * @param from first position
 * @param bytes how many; 0 says nothing
 * @param crc CRC-32C of them
 */
record Mark(long from, int bytes, int crc) {
    static final Mark NONE = new Mark(0, 0, 0);

    /** Of what a file begins with. Two logs that agree in so much are one, or a copy. */
    static final int HEAD_BYTES = 4096;

    /** Of what stands before the place that was read last. */
    static final int TAIL_BYTES = 256;

    static Mark head(FileChannel file, long size) throws IOException {
        return of(file, 0, (int) Math.min(HEAD_BYTES, size));
    }

    static Mark tail(FileChannel file, long offset) throws IOException {
        int bytes = (int) Math.min(TAIL_BYTES, offset);
        return of(file, offset - bytes, bytes);
    }

    /** What a file holds there; less when it is shorter. */
    private static Mark of(FileChannel file, long from, int bytes) throws IOException {
        byte[] held = read(file, from, bytes);
        CRC32C crc = new CRC32C();
        crc.update(held, 0, held.length);
        return new Mark(from, held.length, (int) crc.getValue());
    }

    /** Whether a file holds the same there. */
    boolean isIn(FileChannel file) throws IOException {
        return equals(of(file, from, bytes));
    }

    boolean isWhole() {
        return bytes == HEAD_BYTES;
    }

    static byte[] read(FileChannel file, long from, int bytes) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(bytes);
        while (into.hasRemaining() && file.read(into, from + into.position()) > 0) {
            // until it is full or the file ends
        }
        byte[] read = new byte[into.position()];
        into.flip().get(read);
        return read;
    }
}
