package io.penstock.exporter.sink.body;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * One gzip member per body. The JDK's stream makes a deflater (256 KiB of native memory) for each
 * stream; this one is used again.
 *
 * <p>Threading: confined to one thread.
 */
final class GzipCompressor implements Compressor {

    private static final int OUTPUT_BYTES = 64 * 1024;

    // Magic, deflate, no flags, no time, no extra flags, unknown operating system (RFC 1952, 2.3).
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final CRC32 crc = new CRC32();
    private final byte[] output = new byte[OUTPUT_BYTES];
    private ByteTarget target = NOWHERE;
    private int filled;

    @Override
    public void start(ByteTarget newTarget) {
        target = newTarget;
        deflater.reset();
        crc.reset();
        System.arraycopy(HEADER, 0, output, 0, HEADER.length);
        filled = HEADER.length;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        crc.update(bytes, offset, length);
        deflater.setInput(bytes, offset, length);
        while (!deflater.needsInput()) {
            deflate();
        }
    }

    private void deflate() throws IOException {
        filled += deflater.deflate(output, filled, output.length - filled);
        if (filled == output.length) {
            flush();
        }
    }

    private void flush() throws IOException {
        target.write(output, 0, filled);
        filled = 0;
    }

    @Override
    public void finish() throws IOException {
        deflater.finish();
        while (!deflater.finished()) {
            deflate();
        }
        if (output.length - filled < 2 * Integer.BYTES) {
            flush();
        }
        littleEndian((int) crc.getValue());
        littleEndian((int) deflater.getBytesRead());
        flush();
        target = NOWHERE;
    }

    private void littleEndian(int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            output[filled++] = (byte) (value >>> shift);
        }
    }

    @Override
    public void close() {
        deflater.end();
    }
}
