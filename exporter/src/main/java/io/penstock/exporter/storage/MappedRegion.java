package io.penstock.exporter.storage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A mapped file, and the only class that touches mapped memory. Little endian. Method names carry
 * the memory ordering; those without one are plain.
 *
 * <p>Offsets of the acquire and release methods are multiples of 8.
 *
 * <p>Threading: any thread, under the ordering that the methods name. {@link #unmap} is the
 * exception: the caller sees to it that nobody uses the region any more. An access after it throws
 * {@link IndexOutOfBoundsException}, but an access <em>during</em> it is a crash of the process.
 */
public final class MappedRegion {
    /** The smallest page there is: a larger one begins where one of these does. */
    public static final int PAGE_BYTES = 4096;

    private static final ByteBuffer UNMAPPED = ByteBuffer.allocateDirect(0);

    private static final VarHandle LONG =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private ByteBuffer buffer;

    /** Wraps a mapped (or, in tests, any direct) buffer, which nobody else may use from now on. */
    public MappedRegion(ByteBuffer buffer) {
        if (!buffer.isDirect()) {
            throw new IllegalArgumentException("not a direct buffer");
        }
        this.buffer = buffer;
    }

    /** Bytes of the region. */
    public int capacity() {
        return buffer.capacity();
    }

    /** Plain read. */
    public long getLong(int offset) {
        return (long) LONG.get(buffer, offset);
    }

    /** Plain write. */
    public void putLong(int offset, long value) {
        LONG.set(buffer, offset, value);
    }

    /** Plain read. */
    public int getInt(int offset) {
        return (int) INT.get(buffer, offset);
    }

    /** Plain write. */
    public void putInt(int offset, int value) {
        INT.set(buffer, offset, value);
    }

    /** Read; nothing behind it moves before it. */
    public long getLongAcquire(int offset) {
        return (long) LONG.getAcquire(buffer, offset);
    }

    /** Write; nothing before it moves behind it. */
    public void putLongRelease(int offset, long value) {
        LONG.setRelease(buffer, offset, value);
    }

    /** Nothing written before it may be seen to be missing when something behind it is there. */
    public void storeFence() {
        VarHandle.storeStoreFence();
    }

    /** Bulk read. */
    public void get(int offset, byte[] target, int targetOffset, int length) {
        buffer.get(offset, target, targetOffset, length);
    }

    /** Bulk write. */
    public void put(int offset, byte[] source, int sourceOffset, int length) {
        buffer.put(offset, source, sourceOffset, length);
    }

    /**
     * Writes a zero into every page, so that the first real write of each does not fault. Only for
     * a region that holds nothing but zeros.
     */
    public void touch() {
        for (int offset = 0; offset < buffer.capacity(); offset += PAGE_BYTES) {
            buffer.put(offset, (byte) 0);
        }
    }

    /** Lets go of the mapping now rather than when it is collected. Safe to call twice. */
    public void unmap() {
        ByteBuffer mapped = buffer;
        buffer = UNMAPPED;
        if (mapped.capacity() > 0) {
            Unmapper.unmap(mapped);
        }
    }
}
