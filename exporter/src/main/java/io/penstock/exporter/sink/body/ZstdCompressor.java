package io.penstock.exporter.sink.body;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One zstd frame per body. The context (about 1 MiB of native memory at level 3) is used again.
 *
 * <p>Threading: confined to one thread.
 */
final class ZstdCompressor implements Compressor {

    private static final int LEVEL = 3;
    private static final int BUFFER_BYTES = 128 * 1024;

    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL).setChecksum(true);
    private final ByteBuffer input = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ByteBuffer packed = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final byte[] output = new byte[BUFFER_BYTES];
    private ByteTarget target = NOWHERE;

    @Override
    public void start(ByteTarget newTarget) {
        target = newTarget;
        context.reset();
        context.setLevel(LEVEL).setChecksum(true);
        packed.clear();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int count = Math.min(BUFFER_BYTES, end - at);
            input.clear();
            input.put(bytes, at, count).flip();
            while (input.hasRemaining()) {
                step(EndDirective.CONTINUE);
            }
            at += count;
        }
    }

    @Override
    public void finish() throws IOException {
        input.clear().flip();
        boolean done = false;
        while (!done) {
            done = step(EndDirective.END);
        }
        flush();
        target = NOWHERE;
    }

    private boolean step(EndDirective end) throws IOException {
        boolean done = context.compressDirectByteBufferStream(packed, input, end);
        if (packed.remaining() < BUFFER_BYTES / 2) {
            flush();
        }
        return done;
    }

    private void flush() throws IOException {
        packed.flip();
        int count = packed.remaining();
        packed.get(output, 0, count);
        packed.clear();
        target.write(output, 0, count);
    }

    @Override
    public void close() {
        context.close();
    }
}
