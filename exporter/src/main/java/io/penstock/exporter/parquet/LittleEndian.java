package io.penstock.exporter.parquet;

import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.text.Words;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers as Parquet's PLAIN encoding has them. Threading: any thread. */
final class LittleEndian {

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    static void setInt(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    static void putInt(WriteBuffer out, int value) {
        int at = out.extend(Integer.BYTES);
        INT.set(out.array(), at, value);
    }

    static void putLong(WriteBuffer out, long value) {
        int at = out.extend(Long.BYTES);
        Words.set(out.array(), at, value);
    }

    /** The eight bytes of a number, least first. */
    static byte[] bytes(long value) {
        byte[] bytes = new byte[Long.BYTES];
        Words.set(bytes, 0, value);
        return bytes;
    }

    /** Base 128, least first, high bit for "more" (ULEB128). */
    static void putVarint(WriteBuffer out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }
}
