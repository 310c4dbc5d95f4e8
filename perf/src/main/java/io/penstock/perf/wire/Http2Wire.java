package io.penstock.perf.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.util.collection.IntObjectHashMap;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * HTTP/2 with prior knowledge, gRPC or plain POST. Honours the server's windows and settings,
 * answers PING and SETTINGS, and keeps its own windows open.
 */
final class Http2Wire implements Wire {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
    private static final int INPUT_BYTES = 64 << 10;
    private static final int OWN_WINDOW = 1 << 20;
    private static final int PING_BYTES = 8;

    private final Line line;
    private final boolean grpc;
    private final List<Http2Exchange> exchanges = new ArrayList<>();
    private final IntObjectHashMap<Http2Exchange> open = new IntObjectHashMap<>();
    private final List<Http2Exchange> cut = new ArrayList<>();
    private final Http2Output output;
    private final ResponseBlocks blocks = new ResponseBlocks();
    private final ByteBuffer input = ByteBuffer.allocateDirect(INPUT_BYTES);
    private int initialWindow = Frames.DEFAULT_WINDOW;
    private int lastStream = -1;
    private int unacknowledged;

    Http2Wire(Line line, boolean grpc) throws IOException {
        this.line = line;
        this.grpc = grpc;
        this.output = new Http2Output(line);
        ByteBuffer hello = output.control(128);
        hello.put(PREFACE);
        Frames.putHeader(hello, 6, Frames.SETTINGS, 0, 0);
        hello.putShort((short) Frames.SETTING_INITIAL_WINDOW).putInt(OWN_WINDOW);
        Frames.putHeader(hello, 4, Frames.WINDOW_UPDATE, 0, 0);
        hello.putInt(OWN_WINDOW);
        output.controlDone();
    }

    void add(Http2Form form, Batch batch) {
        exchanges.add(new Http2Exchange(this, form, batch));
    }

    boolean firstRequest() {
        return lastStream < 0;
    }

    int nextStream() {
        lastStream += 2;
        return lastStream;
    }

    int initialWindow() {
        return initialWindow;
    }

    @Override
    public List<Http2Exchange> exchanges() {
        return exchanges;
    }

    @Override
    public SocketChannel channel() {
        return line.channel();
    }

    @Override
    public void queue(Exchange exchange) {
        Http2Exchange own = (Http2Exchange) exchange;
        open.put(own.stream(), own);
        output.queue(own);
    }

    @Override
    public boolean flush(Listener listener) throws IOException {
        boolean full = output.flush();
        if (!cut.isEmpty()) {
            reportCut(listener);
            full |= output.flush();
        }
        return full;
    }

    /** Answers that came early are reported when the frames already begun are out. */
    private void reportCut(Listener listener) throws IOException {
        for (Http2Exchange exchange : List.copyOf(cut)) {
            Answer answer = exchange.early();
            if (answer != null && !exchange.request().hasRemaining()) {
                cut.remove(exchange);
                if (!exchange.allAllowed()) {
                    ByteBuffer control = output.control(Frames.HEADER_BYTES + 4);
                    Frames.putHeader(control, 4, Frames.RST_STREAM, 0, exchange.stream());
                    control.putInt(Frames.CANCEL);
                    output.controlDone();
                }
                listener.answered(exchange, answer);
            }
        }
    }

    @Override
    public void read(Listener listener) throws IOException {
        if (line.read(input) < 0) {
            throw new EOFException("the server closed the connection");
        }
        input.flip();
        while (input.remaining() >= Frames.HEADER_BYTES) {
            int word = input.getInt(input.position());
            int length = word >>> 8;
            if (length + Frames.HEADER_BYTES > INPUT_BYTES) {
                throw new IOException("a frame of " + length + " bytes");
            }
            if (input.remaining() < Frames.HEADER_BYTES + length) {
                break;
            }
            int end = input.position() + Frames.HEADER_BYTES + length;
            frame(word & 0xff, length, listener);
            input.position(end);
        }
        input.compact();
    }

    private void frame(int type, int length, Listener listener) throws IOException {
        int flags = input.get(input.position() + 4);
        int stream = input.getInt(input.position() + 5) & Integer.MAX_VALUE;
        input.position(input.position() + Frames.HEADER_BYTES);
        switch (type) {
            case Frames.DATA -> {
                replenish(length);
                ended(flags, stream, listener);
            }
            case Frames.HEADERS -> {
                headers(flags, length, stream);
                ended(flags, stream, listener);
            }
            case Frames.RST_STREAM -> {
                int code = input.getInt();
                finish(stream, Answer.failed("the stream was reset, code " + code), listener);
            }
            case Frames.SETTINGS -> settings(flags, length);
            case Frames.PING -> ping(flags);
            case Frames.WINDOW_UPDATE -> windowUpdate(stream, input.getInt() & Integer.MAX_VALUE);
            case Frames.GOAWAY -> goAway(length);
            case Frames.CONTINUATION, Frames.PUSH_PROMISE ->
                    throw new IOException("a frame of type " + type + " was not expected");
            default -> {} // PRIORITY and unknown frames say nothing to a client
        }
    }

    private void headers(int flags, int length, int stream) throws IOException {
        if ((flags & Frames.END_HEADERS) == 0) {
            throw new IOException("a header block in more than one frame");
        }
        int block = length;
        if ((flags & Frames.PADDED) != 0) {
            int padding = input.get() & 0xff;
            block -= padding + 1;
        }
        if ((flags & Frames.PRIORITY) != 0) {
            input.position(input.position() + 5);
            block -= 5;
        }
        Http2Exchange exchange = open.get(stream);
        ResponseHead into = exchange == null ? new ResponseHead() : exchange.response();
        blocks.decode(input, block, into);
    }

    private void ended(int flags, int stream, Listener listener) throws IOException {
        if ((flags & Frames.END_STREAM) == 0) {
            return;
        }
        Http2Exchange exchange = open.get(stream);
        if (exchange != null) {
            finish(stream, exchange.response().answer(grpc), listener);
        }
    }

    private void finish(int stream, Answer answer, Listener listener) {
        Http2Exchange exchange = open.remove(stream);
        if (exchange == null) {
            return;
        }
        if (exchange.written()) {
            listener.answered(exchange, answer);
        } else {
            exchange.cutShort(answer);
            cut.add(exchange);
        }
    }

    private void settings(int flags, int length) throws IOException {
        if ((flags & Frames.ACK) != 0) {
            return;
        }
        for (int read = 0; read < length; read += 6) {
            int name = input.getShort();
            int value = input.getInt();
            if (name == Frames.SETTING_INITIAL_WINDOW) {
                long increment = (long) value - initialWindow;
                initialWindow = value;
                open.values().forEach(e -> e.widen(increment));
            } else if (name == Frames.SETTING_MAX_STREAMS && value < exchanges.size()) {
                throw new IOException("the server takes " + value + " streams per connection");
            }
        }
        Frames.putHeader(output.control(Frames.HEADER_BYTES), 0, Frames.SETTINGS, Frames.ACK, 0);
        output.controlDone();
    }

    private void ping(int flags) throws IOException {
        if ((flags & Frames.ACK) != 0) {
            return;
        }
        ByteBuffer control = output.control(Frames.HEADER_BYTES + PING_BYTES);
        Frames.putHeader(control, PING_BYTES, Frames.PING, Frames.ACK, 0);
        control.putLong(input.getLong());
        output.controlDone();
    }

    private void windowUpdate(int stream, int increment) {
        if (stream == 0) {
            output.widen(increment);
            return;
        }
        Http2Exchange exchange = open.get(stream);
        if (exchange != null) {
            exchange.widen(increment);
        }
    }

    private void goAway(int length) throws IOException {
        int last = input.getInt();
        int code = input.getInt();
        byte[] why = new byte[length - 8];
        input.get(why);
        throw new IOException(
                "the server goes away after stream "
                        + last
                        + ", code "
                        + code
                        + " "
                        + new String(why, UTF_8));
    }

    /** Gives the connection's window back in halves; answers are far smaller than a stream's. */
    private void replenish(int length) throws IOException {
        unacknowledged += length;
        if (unacknowledged >= OWN_WINDOW / 2) {
            ByteBuffer control = output.control(Frames.HEADER_BYTES + 4);
            Frames.putHeader(control, 4, Frames.WINDOW_UPDATE, 0, 0);
            control.putInt(unacknowledged);
            output.controlDone();
            unacknowledged = 0;
        }
    }

    @Override
    public void close() throws IOException {
        line.channel().close();
    }
}
