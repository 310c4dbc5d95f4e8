package io.penstock.perf.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * What a connection has to write: control frames, and requests as far as the server's windows
 * allow. Requests are written one behind the other, as whole as the windows let them.
 */
final class Http2Output {
    private static final int MOST_BUFFERS = 64;
    private static final int CONTROL_BYTES = 16 << 10;

    private final Line line;
    private final ArrayDeque<Http2Exchange> sending = new ArrayDeque<>();
    private final ByteBuffer control = ByteBuffer.allocateDirect(CONTROL_BYTES);
    private final ByteBuffer[] gather = new ByteBuffer[MOST_BUFFERS];
    private long window = Frames.DEFAULT_WINDOW;

    Http2Output(Line line) {
        this.line = line;
        control.flip();
    }

    void queue(Http2Exchange exchange) {
        sending.addLast(exchange);
    }

    void widen(long increment) {
        window += increment;
    }

    /** A buffer with room for a control frame of so many bytes; end with {@link #controlDone}. */
    ByteBuffer control(int bytes) throws IOException {
        control.compact();
        if (control.remaining() < bytes) {
            throw new IOException("the server asks for more answers than it reads");
        }
        return control;
    }

    void controlDone() {
        control.flip();
    }

    /**
     * Writes until the socket is full or nothing more may be written.
     *
     * @return whether the socket was full
     */
    boolean flush() throws IOException {
        while (true) {
            if (line.flush()) {
                return true;
            }
            int buffers = gather();
            long wanted = 0;
            for (int i = 0; i < buffers; i++) {
                wanted += gather[i].remaining();
            }
            if (wanted == 0) {
                sending.removeIf(Http2Exchange::written);
                return false;
            }
            long written = line.write(gather, buffers);
            sending.removeIf(Http2Exchange::written);
            if (written < wanted && (line.keepsNothing() || line.flush())) {
                return true;
            }
        }
    }

    /**
     * Fills the gather array: a frame that a full socket has cut goes on first, then control
     * frames, then the rest. Only the first request with something to write can be cut.
     */
    private int gather() {
        int buffers = 0;
        for (Http2Exchange exchange : sending) {
            window = exchange.allow(window);
            if (!exchange.request().hasRemaining()) {
                continue;
            }
            boolean first = buffers == 0;
            if (first && !exchange.midFrame()) {
                buffers = withControl(buffers);
            }
            gather[buffers++] = exchange.request();
            if (first && exchange.midFrame()) {
                buffers = withControl(buffers);
            }
            if (buffers >= MOST_BUFFERS - 1) {
                break;
            }
        }
        return buffers == 0 ? withControl(buffers) : buffers;
    }

    private int withControl(int buffers) {
        if (control.hasRemaining()) {
            gather[buffers] = control;
            return buffers + 1;
        }
        return buffers;
    }
}
