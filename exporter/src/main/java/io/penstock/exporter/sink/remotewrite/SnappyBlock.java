package io.penstock.exporter.sink.remotewrite;

import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.sink.body.ByteTarget;
import io.penstock.exporter.sink.body.Compressor;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Snappy's block format, which remote write asks for, after "Snappy compressed format description":
 * the length of the whole as a varint, then literals and copies of what came up to 64 KiB before. A
 * block names its length first, so all of a body is held until {@link #finish}.
 *
 * <p>Threading: confined to one thread.
 */
final class SnappyBlock implements Compressor {

    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int KEEP_BYTES = 1 << 20;
    private static final int HASH_BITS = 14;
    private static final int HASH_FACTOR = 0x1e35a7bd;
    private static final int MIN_MATCH = 4;
    private static final int MAX_COPY = 64;
    private static final int MAX_OFFSET = 65535;

    // A tag: two bits of kind, six of length less one; literals over 60 bytes have the length
    // behind.
    private static final int SHORT_LITERAL = 60;
    private static final int LITERAL_ONE_BYTE = 60 << 2;
    private static final int LITERAL_TWO_BYTES = 61 << 2;
    private static final int LITERAL_FOUR_BYTES = 63 << 2;
    private static final int COPY_TWO_BYTES = 2;
    private static final int CONTINUED = 0x80;

    private final WriteBuffer plain = new WriteBuffer(64 * 1024);
    private final WriteBuffer packed = new WriteBuffer(64 * 1024);

    /** Per hash of four bytes: where they stood last, plus one; 0 for nowhere. */
    private final int[] places = new int[1 << HASH_BITS];

    private ByteTarget target = (bytes, offset, length) -> {};

    @Override
    public void start(ByteTarget newTarget) {
        target = newTarget;
        plain.clear(KEEP_BYTES);
        packed.clear(KEEP_BYTES);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        plain.put(bytes, offset, length);
    }

    @Override
    public void finish() throws IOException {
        int rest = plain.length();
        while (rest >= CONTINUED) {
            packed.put((byte) (rest | CONTINUED));
            rest >>>= 7;
        }
        packed.put((byte) rest);
        pack(plain.array(), plain.length());
        target.write(packed.array(), 0, packed.length());
    }

    private void pack(byte[] bytes, int end) {
        Arrays.fill(places, 0);
        int literal = 0;
        int at = 0;
        while (at + MIN_MATCH <= end) {
            int four = (int) INTS.get(bytes, at);
            int hash = (four * HASH_FACTOR) >>> (Integer.SIZE - HASH_BITS);
            int candidate = places[hash] - 1;
            places[hash] = at + 1;
            boolean match =
                    candidate >= 0
                            && at - candidate <= MAX_OFFSET
                            && (int) INTS.get(bytes, candidate) == four;
            if (!match) {
                at++;
                continue;
            }
            literal(bytes, literal, at - literal);
            int length = MIN_MATCH;
            while (at + length < end && bytes[candidate + length] == bytes[at + length]) {
                length++;
            }
            copy(at - candidate, length);
            at += length;
            literal = at;
        }
        literal(bytes, literal, end - literal);
    }

    private void literal(byte[] bytes, int from, int length) {
        if (length == 0) {
            return;
        }
        int less = length - 1;
        if (length <= SHORT_LITERAL) {
            packed.put((byte) (less << 2));
        } else if (less <= 0xff) {
            packed.put((byte) LITERAL_ONE_BYTE);
            littleEndian(less, 1);
        } else if (less <= 0xffff) {
            packed.put((byte) LITERAL_TWO_BYTES);
            littleEndian(less, 2);
        } else {
            packed.put((byte) LITERAL_FOUR_BYTES);
            littleEndian(less, 4);
        }
        packed.put(bytes, from, length);
    }

    private void copy(int offset, int length) {
        for (int left = length; left > 0; left -= MAX_COPY) {
            int part = Math.min(left, MAX_COPY);
            packed.put((byte) ((part - 1) << 2 | COPY_TWO_BYTES));
            littleEndian(offset, 2);
        }
    }

    private void littleEndian(int value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            packed.put((byte) (value >>> (i * Byte.SIZE)));
        }
    }

    @Override
    public void close() {
        // no native memory
    }
}
