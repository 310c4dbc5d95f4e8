package io.penstock.exporter.otlp;

import io.penstock.exporter.record.WriteBuffer;

/** Writes protobuf into a buffer. Threading: confined to one thread. */
final class ProtoOut {
    private static final int CONTINUED = 0x80;

    private ProtoOut() {}

    static void varint(WriteBuffer out, long value) {
        long rest = value;
        while ((rest & -CONTINUED) != 0) {
            out.put((byte) (rest | CONTINUED));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    static void fixed(WriteBuffer out, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.put((byte) (value >>> (Byte.SIZE * i)));
        }
    }

    /** Moves what was written from {@code start} on up, and puts its length in front. */
    static void prefixSize(WriteBuffer out, int start) {
        int size = out.length() - start;
        int prefix = 1;
        for (int rest = size >>> 7; rest > 0; rest >>>= 7) {
            prefix++;
        }
        out.extend(prefix);
        byte[] bytes = out.array();
        System.arraycopy(bytes, start, bytes, start + prefix, size);
        out.truncate(start);
        varint(out, size);
        out.extend(size);
    }
}
