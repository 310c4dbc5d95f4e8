package io.penstock.exporter.sink.body;

import java.io.IOException;

/** Packs nothing. Threading: confined to one thread. */
final class PassThrough implements Compressor {

    private ByteTarget target = NOWHERE;

    @Override
    public void start(ByteTarget newTarget) {
        target = newTarget;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        target.write(bytes, offset, length);
    }

    @Override
    public void finish() {
        target = NOWHERE;
    }

    @Override
    public void close() {}
}
