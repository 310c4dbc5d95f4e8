package io.penstock.exporter.sink.remotewrite;

import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.sink.body.ByteTarget;
import io.penstock.exporter.sink.body.Compressor;
import java.io.IOException;
import org.xerial.snappy.Snappy;

/**
 * Snappy's block format, which remote write asks for. A block names its length first, so all of a
 * body is held until {@link #finish}.
 *
 * <p>Threading: confined to one thread.
 */
final class SnappyBlock implements Compressor {
    private static final int KEEP_BYTES = 1 << 20;
    private static final byte[] NOTHING = {};

    private final WriteBuffer plain = new WriteBuffer(64 * 1024);
    private byte[] packed = NOTHING;
    private ByteTarget target = ByteTarget.NOWHERE;

    @Override
    public void start(ByteTarget newTarget) {
        target = newTarget;
        plain.clear(KEEP_BYTES);
        packed = packed.length > KEEP_BYTES ? NOTHING : packed;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        plain.put(bytes, offset, length);
    }

    @Override
    public void finish() throws IOException {
        int room = Snappy.maxCompressedLength(plain.length());
        if (packed.length < room) {
            packed = new byte[room];
        }
        int length = Snappy.compress(plain.array(), 0, plain.length(), packed, 0);
        target.write(packed, 0, length);
        target = ByteTarget.NOWHERE;
    }

    @Override
    public void close() {
        // no native memory
    }
}
