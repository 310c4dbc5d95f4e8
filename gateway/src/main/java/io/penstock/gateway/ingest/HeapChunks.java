package io.penstock.gateway.ingest;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * The heap array behind a Vert.x buffer. Vert.x copies what it reads off a socket into unpooled
 * heap memory of its own and never touches it again, so the array may be kept without copying.
 */
public final class HeapChunks {
    private HeapChunks() {}

    /** Takes a buffer's bytes as an array and a range of it. */
    @FunctionalInterface
    public interface Taker {
        /** The bytes of the buffer; may be kept, must not be changed. */
        void take(byte[] array, int offset, int length);
    }

    /** Hands out the array behind {@code buffer}, or a copy where there is none. */
    public static void open(Buffer buffer, Taker taker) {
        ByteBuf bytes = ((BufferInternal) buffer).getByteBuf();
        if (bytes.hasArray()) {
            taker.take(
                    bytes.array(),
                    bytes.arrayOffset() + bytes.readerIndex(),
                    bytes.readableBytes());
        } else {
            byte[] copy = buffer.getBytes();
            taker.take(copy, 0, copy.length);
        }
    }
}
