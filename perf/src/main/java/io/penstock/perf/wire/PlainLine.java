package io.penstock.perf.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The socket itself. */
record PlainLine(SocketChannel channel) implements Line {
    @Override
    public int read(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    @Override
    public long write(ByteBuffer[] from, int count) throws IOException {
        return channel.write(from, 0, count);
    }

    @Override
    public boolean keepsNothing() {
        return true;
    }

    @Override
    public boolean flush() {
        return false;
    }
}
