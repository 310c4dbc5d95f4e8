package io.penstock.perf.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One request over HTTP/2: a HEADERS frame and DATA frames in one buffer, written in place under
 * every new stream. The buffer's limit moves from frame to frame as the server's windows allow, so
 * that what may be written always ends where a frame ends.
 *
 * <pre>
 *   [room][HEADERS 9 | common, own][DATA 9 | 16 KiB][DATA 9 | 16 KiB]...[DATA 9 | rest, END_STREAM]
 *          ^ bodyAt - headers                        (a later request needs less room: see Hpack)
 * </pre>
 */
final class Http2Exchange extends Exchange {
    private final Http2Wire connection;
    private final Http2Form form;
    private final byte[] firstBlock;
    private final byte[] laterBlock;
    private final ByteBuffer request;
    private final int bodyAt;
    private final ResponseHead response = new ResponseHead();
    private int start;
    private int stream;
    private long window;

    /** What the server answered before the request was whole. */
    private @Nullable Answer early;

    Http2Exchange(Http2Wire connection, Http2Form form, Batch batch) {
        super(connection, batch);
        this.connection = connection;
        this.form = form;
        this.firstBlock = form.common().teaching();
        this.laterBlock = form.common().taught();
        this.bodyAt = Frames.HEADER_BYTES + firstBlock.length + form.own().length;
        int frames = (form.body().length + Frames.DATA_BYTES - 1) / Frames.DATA_BYTES;
        request =
                ByteBuffer.allocateDirect(
                        bodyAt + frames * Frames.HEADER_BYTES + form.body().length);
        request.position(bodyAt);
        for (int at = 0; at < form.body().length; at += Frames.DATA_BYTES) {
            int length = Math.min(Frames.DATA_BYTES, form.body().length - at);
            int last = at + length == form.body().length ? Frames.END_STREAM : 0;
            Frames.putHeader(request, length, Frames.DATA, last, 0);
            request.put(form.body(), at, length);
        }
        request.limit(0);
    }

    @Override
    void rewrite(long next) {
        boolean first = connection.firstRequest();
        stream = connection.nextStream();
        window = connection.initialWindow();
        response.clear();
        early = null;
        byte[] block = first ? firstBlock : laterBlock;
        request.clear();
        for (int at = bodyAt;
                at < request.capacity();
                at += Frames.HEADER_BYTES + Frames.DATA_BYTES) {
            request.putInt(at + 5, stream);
        }
        int length = block.length + form.own().length;
        start = bodyAt - length - Frames.HEADER_BYTES;
        request.position(start);
        Frames.putHeader(request, length, Frames.HEADERS, Frames.END_HEADERS, stream);
        request.put(block).put(form.own());
        if (form.sequenceInBody() >= 0) {
            Digits.varint(request, bodyAt + Frames.HEADER_BYTES + form.sequenceInBody(), next);
        } else if (form.isSequenced()) {
            Digits.decimal(request, bodyAt - Digits.DECIMAL_WIDTH, next);
        }
        request.limit(bodyAt).position(start);
    }

    /**
     * Moves the limit over as many frames as both windows allow.
     *
     * @return what is left of the connection's window
     */
    long allow(long connectionWindow) {
        long left = connectionWindow;
        while (!allAllowed() && early == null) {
            int frame =
                    Math.min(
                            Frames.HEADER_BYTES + Frames.DATA_BYTES,
                            request.capacity() - request.limit());
            int payload = frame - Frames.HEADER_BYTES;
            if (payload > window || payload > left) {
                break;
            }
            window -= payload;
            left -= payload;
            request.limit(request.limit() + frame);
        }
        return left;
    }

    boolean allAllowed() {
        return request.limit() == request.capacity();
    }

    /** Whether a frame is written in part. */
    boolean midFrame() {
        int at = request.position();
        return at != start && (at - bodyAt) % (Frames.HEADER_BYTES + Frames.DATA_BYTES) != 0;
    }

    /** Nothing more will be written of this request. */
    boolean written() {
        return (allAllowed() || early != null) && !request.hasRemaining();
    }

    /** The server has answered: frames not yet begun are not sent. */
    void cutShort(Answer answer) {
        early = answer;
    }

    @Nullable Answer early() {
        return early;
    }

    void widen(long increment) {
        window += increment;
    }

    int stream() {
        return stream;
    }

    ResponseHead response() {
        return response;
    }

    @Override
    ByteBuffer request() {
        return request;
    }
}
