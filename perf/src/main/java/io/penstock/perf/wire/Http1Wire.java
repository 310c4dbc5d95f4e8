package io.penstock.perf.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1, one request at a time. Answers need a {@code Content-Length}; a chunked one breaks the
 * protocol that both servers under test keep.
 */
final class Http1Wire implements Wire {
    private static final int INPUT_BYTES = 64 << 10;
    private static final String LENGTH = "\r\ncontent-length:";
    private static final String RETRY = "\r\npenstock-retry-after-ms:";

    private final Line line;
    private final ByteBuffer[] one;
    private final Http1Exchange exchange;
    private final ByteBuffer input = ByteBuffer.allocate(INPUT_BYTES);

    /** An answer to a request that is not all written yet. */
    private @Nullable Answer early;

    Http1Wire(Line line, Target target, long producer, Batch batch) {
        this.line = line;
        this.exchange = new Http1Exchange(this, target, producer, batch);
        this.one = new ByteBuffer[] {exchange.request()};
    }

    @Override
    public List<Http1Exchange> exchanges() {
        return List.of(exchange);
    }

    @Override
    public SocketChannel channel() {
        return line.channel();
    }

    @Override
    public void queue(Exchange queued) {
        // the one exchange of this connection: its buffer, set back to the start, is the queue
    }

    @Override
    public boolean flush(Listener listener) throws IOException {
        boolean full = line.flush();
        while (!full && exchange.request().hasRemaining()) {
            full = line.write(one, 1) == 0 || line.flush();
        }
        Answer answer = early;
        if (answer != null && !exchange.request().hasRemaining()) {
            early = null;
            listener.answered(exchange, answer);
        }
        return full;
    }

    @Override
    public void read(Listener listener) throws IOException {
        if (line.read(input) < 0) {
            throw new EOFException("the server closed the connection");
        }
        int headEnd = headEnd();
        if (headEnd < 0) {
            if (!input.hasRemaining()) {
                throw new IOException("an answer's head is longer than " + INPUT_BYTES + " bytes");
            }
            return;
        }
        String head = new String(input.array(), 0, headEnd, ISO_8859_1).toLowerCase(Locale.ROOT);
        int end = headEnd + 4 + (int) number(head, LENGTH);
        if (end > INPUT_BYTES) {
            throw new IOException("an answer of " + end + " bytes");
        }
        if (input.position() < end) {
            return;
        }
        String body = new String(input.array(), headEnd + 4, end - headEnd - 4, ISO_8859_1);
        input.flip().position(end);
        input.compact();
        int status = Integer.parseInt(head, 9, 12, 10);
        Answer answer = HttpStatus.answer(status, number(head, RETRY), body);
        if (exchange.request().hasRemaining()) {
            early = answer;
        } else {
            listener.answered(exchange, answer);
        }
    }

    /** Where the empty line behind the head begins, or -1. */
    private int headEnd() {
        byte[] bytes = input.array();
        for (int i = 3; i < input.position(); i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
                return i - 3;
            }
        }
        return -1;
    }

    private static long number(String head, String name) {
        int at = head.indexOf(name);
        if (at < 0) {
            return 0;
        }
        int from = at + name.length();
        int to = head.indexOf("\r\n", from);
        return Long.parseLong(head.substring(from, to < 0 ? head.length() : to).strip());
    }

    @Override
    public void close() throws IOException {
        line.channel().close();
    }
}
