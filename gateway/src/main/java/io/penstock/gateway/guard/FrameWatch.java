package io.penstock.gateway.guard;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;

/**
 * Counts the frames of an HTTP/2 connection.
 *
 * <p>Each frame costs the server a fixed amount of work, and a small DATA frame a few hundred bytes
 * of heap until it is read, whatever it carries. A connection has an account of frames that carry
 * nothing or hardly anything: it is filled by time and by frames that do carry something, and who
 * overdraws it is sent away. A client that works never comes near.
 *
 * <p>Pings are judged as gRPC judges them (gRFC A8): three that come too early end the connection
 * with {@code too_many_pings}, which gRPC libraries understand as "ping more seldom". What a client
 * sends otherwise makes good for them, since libraries ping to measure the line.
 *
 * <p>Netty itself bounds resets (HttpServerOptions), empty DATA frames (2 in a row), header lists,
 * CONTINUATION frames, and answers to pings and settings that are not read (10,000).
 */
final class FrameWatch extends Http2FrameListenerDecorator {
    /** Frames that carry nothing which a connection may send at once. */
    static final int MAX_EMPTY_FRAMES = 10_000;

    /** What time gives back of them. */
    static final int EMPTY_FRAMES_PER_S = 200;

    /**
     * A DATA frame of fewer bytes carries hardly anything, unless it ends its stream: the smallest
     * request with a record takes more.
     */
    static final int TINY_BYTES = 32;

    /** Pings that may come too early, in a row. */
    static final int MAX_PING_STRIKES = 2;

    /** Bytes after which a connection gets a larger window. */
    private static final int WIDEN_AFTER_BYTES = 16 << 10;

    /** Requests that a connection may have open uncounted, and the grain of the count. */
    private static final int FREE_REQUESTS = 4;

    private static final int EARNED_BY_DATA = 1;
    private static final int EARNED_BY_HEADERS = 2;
    private static final int PRICE_OF_SETTINGS = 4;
    private static final long NEVER = Long.MIN_VALUE;

    private final ConnectionWatch connection;
    private final Http2ConnectionHandler http2;
    private int left = MAX_EMPTY_FRAMES;
    private int strikes;
    private long pingedMs = NEVER;
    private long received;
    private boolean widened;
    private int counted;

    private FrameWatch(Http2ConnectionHandler http2, ConnectionWatch connection) {
        super(http2.decoder().frameListener());
        this.http2 = http2;
        this.connection = connection;
    }

    static FrameWatch on(Http2ConnectionHandler http2, ConnectionWatch connection) {
        FrameWatch watch = new FrameWatch(http2, connection);
        http2.decoder().frameListener(watch);
        return watch;
    }

    int openStreams() {
        return http2.connection().numActiveStreams();
    }

    /** Called every {@link WatchLoop#TICK_MS}. */
    void tick() {
        earn((int) (EMPTY_FRAMES_PER_S * WatchLoop.TICK_MS / 1000));
        if (counted > 0) {
            count();
        }
    }

    /** The connection is closed. */
    void end() {
        connection.open(-counted);
        counted = 0;
    }

    /** Has the node know how many requests are open; false where there are too many. */
    private boolean count() {
        int more = Math.max(0, openStreams() - FREE_REQUESTS) - counted;
        counted += more;
        return connection.open(more);
    }

    /** A stream was opened. Most connections have few, and cost the node no count. */
    private void opened(int stream) throws Http2Exception {
        earn(EARNED_BY_HEADERS);
        works();
        if (openStreams() - counted > 2 * FREE_REQUESTS && !count()) {
            connection.count(Closing.REQUESTS);
            throw Http2Exception.streamError(
                    stream, Http2Error.REFUSED_STREAM, "too many open requests");
        }
    }

    private void earn(int frames) {
        left = Math.min(MAX_EMPTY_FRAMES, left + frames);
    }

    private void spend(int frames) throws Http2Exception {
        left -= frames;
        if (left < 0) {
            connection.count(Closing.FRAMES);
            throw Http2Exception.connectionError(
                    Http2Error.ENHANCE_YOUR_CALM, "too many frames that carry nothing");
        }
    }

    private void works() {
        strikes = 0;
        pingedMs = NEVER;
    }

    @Override
    public int onDataRead(
            ChannelHandlerContext context,
            int stream,
            ByteBuf data,
            int padding,
            boolean endOfStream)
            throws Http2Exception {
        int bytes = data.readableBytes();
        if (bytes < TINY_BYTES && !endOfStream) {
            spend(1);
        } else {
            earn(EARNED_BY_DATA);
            works();
        }
        if (!widened) {
            received += bytes;
            if (received > WIDEN_AFTER_BYTES) {
                widened = true;
                connection.widen();
            }
        }
        return super.onDataRead(context, stream, data, padding, endOfStream);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int stream,
            Http2Headers headers,
            int padding,
            boolean endOfStream)
            throws Http2Exception {
        opened(stream);
        super.onHeadersRead(context, stream, headers, padding, endOfStream);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int stream,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean endOfStream)
            throws Http2Exception {
        opened(stream);
        super.onHeadersRead(
                context, stream, headers, dependency, weight, exclusive, padding, endOfStream);
    }

    @Override
    public void onPingRead(ChannelHandlerContext context, long data) throws Http2Exception {
        spend(1);
        long now = connection.nowMs();
        long shortest = connection.minPingIntervalMs() - WatchLoop.TICK_MS;
        if (pingedMs != NEVER && now - pingedMs < shortest && ++strikes > MAX_PING_STRIKES) {
            connection.count(Closing.PINGS);
            throw Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too_many_pings");
        }
        pingedMs = now;
        super.onPingRead(context, data);
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings)
            throws Http2Exception {
        spend(PRICE_OF_SETTINGS);
        super.onSettingsRead(context, settings);
    }

    @Override
    public void onPriorityRead(
            ChannelHandlerContext context,
            int stream,
            int dependency,
            short weight,
            boolean exclusive)
            throws Http2Exception {
        spend(1);
        super.onPriorityRead(context, stream, dependency, weight, exclusive);
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext context, int stream, int increment)
            throws Http2Exception {
        spend(1);
        super.onWindowUpdateRead(context, stream, increment);
    }

    @Override
    public void onUnknownFrame(
            ChannelHandlerContext context, byte type, int stream, Http2Flags flags, ByteBuf payload)
            throws Http2Exception {
        spend(1);
        super.onUnknownFrame(context, type, stream, flags, payload);
    }
}
