package io.penstock.gateway.peer;

import io.penstock.exporter.record.ByteChunks;
import io.penstock.gateway.grpc.GrpcFramer;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.HeapChunks;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/**
 * Cuts what comes over a stream into whole messages, each in one array of its own.
 *
 * <p>Threading: confined to one event loop.
 */
final class Messages {
    private final GrpcFramer framer;
    private final Consumer<byte[]> taker;

    /** The one message at a time that is being put together. */
    private static final class OwnChunks implements GrpcFramer.Chunks {
        private final ByteChunks only = new ByteChunks();

        @Override
        public ByteChunks borrow() {
            only.clear();
            return only;
        }

        @Override
        public void giveBack(ByteChunks chunks) {
            chunks.clear();
        }
    }

    /** Hands messages of up to so many bytes on. */
    Messages(int maxBytes, Consumer<byte[]> taker) {
        this.framer = new GrpcFramer(maxBytes, new OwnChunks());
        this.taker = taker;
    }

    /**
     * Takes a chunk.
     *
     * @return what is wrong with the framing, after which nothing more can be taken; else empty
     */
    String take(Buffer chunk) {
        HeapChunks.open(chunk, this::cutUp);
        Fault fault = framer.fault();
        return fault == null ? "" : fault.message();
    }

    private void cutUp(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end && framer.fault() == null) {
            at += framer.feed(bytes, at, end - at);
            if (framer.whole()) {
                ByteChunks whole = framer.take();
                byte[] message = new byte[whole.length()];
                whole.range(0, message.length);
                whole.read(message, 0, message.length);
                whole.clear();
                taker.accept(message);
            }
        }
    }
}
