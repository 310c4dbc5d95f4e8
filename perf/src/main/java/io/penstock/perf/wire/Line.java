package io.penstock.perf.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Bytes to and from a server, as they are or by TLS. Confined to the thread that drives the wire.
 */
interface Line {
    /** To wait for. */
    SocketChannel channel();

    /** Reads what is there; -1 at the end. */
    int read(ByteBuffer into) throws IOException;

    /** Takes as much of the first {@code count} buffers as it can; how much that is. */
    long write(ByteBuffer[] from, int count) throws IOException;

    /** Whether a write that takes less than it was given means that the socket is full. */
    boolean keepsNothing();

    /**
     * Sends what was taken and has not gone out.
     *
     * @return whether the socket is full
     */
    boolean flush() throws IOException;
}
