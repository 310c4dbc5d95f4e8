package io.penstock.perf.wire;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;

/** One client connection. Threading: confined to the thread that drives it. */
public interface Wire extends AutoCloseable {
    /** Told of every answer. */
    interface Listener {
        /** The exchange is free again. */
        void answered(Exchange exchange, Answer answer);
    }

    /** The places for requests on this connection. */
    List<? extends Exchange> exchanges();

    /** The non-blocking socket, for a selector. */
    SocketChannel channel();

    /** Takes an exchange in, to be written by {@link #flush}. */
    void queue(Exchange exchange);

    /**
     * Writes what the socket and the server's windows take, and reports answers that came before
     * their requests were whole.
     *
     * @return whether the socket was full: call again when it is writable
     * @throws IOException when the connection is gone
     */
    boolean flush(Listener listener) throws IOException;

    /**
     * Reads what is there and reports answers.
     *
     * @throws IOException when the connection is gone or the server broke the protocol
     */
    void read(Listener listener) throws IOException;

    @Override
    void close() throws IOException;
}
