package io.penstock.gateway.guard;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection from the moment it was accepted. Stands first in its pipeline and lets all bytes
 * pass; what it knows of requests it is told by what the server {@linkplain #speaks speaks}.
 *
 * <p>Threading: confined to the event loop of its connection.
 */
public final class ConnectionWatch extends ChannelInboundHandlerAdapter {
    static final String NAME = "watch";

    private static final String HTTP1_HANDLER = "handler";
    private static final long NEVER = Long.MIN_VALUE;
    private static final int PING_BYTES = 8;
    private static final long MILLIS_PER_SECOND = 1000;

    /** Time in which a GOAWAY gets out where no request is waited for. */
    private static final long LAST_WORDS_MS = 1000;

    /** A tenth: clients that came together do not all come again together. */
    private static final double AGE_SPREAD = 0.1;

    @Nullable ConnectionWatch before;
    @Nullable ConnectionWatch after;

    private final GuardedPort guarded;
    private final GuardConfig guard;
    private final Channel channel;
    private final GateClock since = new GateClock();
    private @Nullable ChannelHandlerContext context;
    private @Nullable WatchLoop loop;
    private @Nullable HttpConnection connection;
    private @Nullable FrameWatch frames;

    private int openRequests;
    private int window;
    private long unreadBytes;
    private boolean retired;

    /** When what is waited for began, on the loop's clock; {@link #NEVER} where nothing is. */
    private static final class GateClock {
        private long headMs;
        private long requestMs = NEVER;
        private long unreadMs = NEVER;
        private long idleMs;
        private long heardMs;
        private long pingMs = NEVER;
        private long retireMs = NEVER;
        private long endMs = NEVER;
    }

    ConnectionWatch(GuardedPort guarded, Channel channel) {
        this.guarded = guarded;
        this.guard = guarded.guard();
        this.channel = channel;
        SocketAddress client = channel.remoteAddress();
        channel.closeFuture().addListener(closed -> guarded.leave(client));
    }

    /** The watch of a connection, or null. */
    public static @Nullable ConnectionWatch of(HttpConnection connection) {
        return connection instanceof ConnectionBase base
                ? base.channel().pipeline().get(ConnectionWatch.class)
                : null;
    }

    /** The server knows what is spoken; to be called from its connection handler. */
    public void speaks(HttpConnection made) {
        connection = made;
        for (Map.Entry<String, ChannelHandler> handler : channel.pipeline()) {
            if (handler.getValue() instanceof Http2ConnectionHandler http2) {
                frames = FrameWatch.on(http2, this);
                since.headMs = NEVER;
                return;
            }
        }
        channel.pipeline().addBefore(HTTP1_HANDLER, null, new HeadWatch(this));
    }

    /** Whether the connection is old, and calls that have no end of their own should end now. */
    public boolean retired() {
        return retired;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        WatchLoop mine = WatchLoop.mine();
        loop = mine;
        mine.add(this, channel.eventLoop());
        long now = mine.nowMs();
        since.headMs = now;
        since.idleMs = now;
        since.heardMs = now;
        long age = guard.maxAgeMs();
        if (age > 0) {
            double spread = 1 + AGE_SPREAD * (2 * ThreadLocalRandom.current().nextDouble() - 1);
            since.retireMs = now + (long) (age * spread);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        if (loop != null) {
            loop.remove(this);
        }
        if (frames != null) {
            frames.end();
        }
        guarded.giveBack(window);
        window = 0;
    }

    long nowMs() {
        return loop == null ? 0 : loop.nowMs();
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object bytes) {
        long now = nowMs();
        since.heardMs = now;
        since.pingMs = NEVER;
        if (openRequests == 0 && since.headMs == NEVER && frames == null) {
            since.headMs = now;
        }
        reading.fireChannelRead(bytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext reading) {
        if (!channel.isWritable()) {
            channel.config().setAutoRead(false);
        }
        reading.fireChannelReadComplete();
    }

    /** A client that does not read its answers is not read either: they would pile up here. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext writing) {
        boolean writable = channel.isWritable();
        since.unreadMs = writable ? NEVER : nowMs();
        unreadBytes = writable ? 0 : pendingBytes();
        if (writable && since.headMs != NEVER) {
            since.headMs = nowMs();
        }
        channel.config().setAutoRead(writable);
        writing.fireChannelWritabilityChanged();
    }

    private long pendingBytes() {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        return out == null ? 0 : out.totalPendingWriteBytes() - out.currentProgress();
    }

    /** HTTP/1.1: a request's head is whole. */
    void head() {
        openRequests++;
        since.headMs = NEVER;
        since.requestMs = nowMs();
    }

    /** HTTP/1.1: a request's body is whole. */
    void whole() {
        since.requestMs = NEVER;
    }

    /** HTTP/1.1: an answer is whole. */
    void answered() {
        openRequests = Math.max(0, openRequests - 1);
        since.idleMs = nowMs();
    }

    /** HTTP/2: the client sends enough to be worth a larger window. */
    void widen() {
        HttpConnection made = connection;
        if (window == 0 && made != null) {
            window = guarded.takeWindow();
            made.setWindowSize(GuardedPort.LEAST_WINDOW_BYTES + window);
        }
    }

    long minPingIntervalMs() {
        return guard.minPingIntervalMs();
    }

    boolean open(int more) {
        return guarded.open(more);
    }

    void count(Closing why) {
        guarded.count(why);
    }

    void tick(long nowMs) {
        FrameWatch http2 = frames;
        if (http2 != null) {
            http2.tick();
        }
        if (busy()) {
            since.idleMs = nowMs;
        }
        Closing late = late(nowMs);
        if (late != null) {
            close(late);
        } else if (since.endMs != NEVER) {
            if (nowMs > since.endMs) {
                close(null);
            }
        } else if (passed(since.retireMs, 0, nowMs)) {
            retire(Closing.AGE, nowMs, guard.ageGraceMs());
        } else if (passed(since.idleMs, guarded.limits().idleTimeoutMs(), nowMs)) {
            retire(Closing.IDLE, nowMs, LAST_WORDS_MS);
        } else if (http2 != null && passed(since.heardMs, guard.pingAfterMs(), nowMs)) {
            ping(nowMs);
        }
    }

    private boolean busy() {
        return frames == null ? openRequests > 0 : frames.openStreams() > 0;
    }

    private static boolean passed(long sinceMs, long timeoutMs, long nowMs) {
        return sinceMs != NEVER && nowMs - sinceMs > timeoutMs;
    }

    private @Nullable Closing late(long nowMs) {
        GuardedPort.Limits limits = guarded.limits();
        // what is not read for want of a reader is not late
        if (since.unreadMs == NEVER && passed(since.headMs, guard.headTimeoutMs(), nowMs)) {
            return Closing.HEAD;
        }
        if (limits.requestTimeoutMs() > 0
                && passed(since.requestMs, limits.requestTimeoutMs(), nowMs)) {
            return Closing.REQUEST;
        }
        if (passed(since.pingMs, guard.pingTimeoutMs(), nowMs)) {
            return Closing.SILENT;
        }
        if (passed(since.unreadMs, limits.unreadTimeoutMs(), nowMs)) {
            long left = pendingBytes();
            long least = guard.minBodyBytesPerS() * limits.unreadTimeoutMs() / MILLIS_PER_SECOND;
            if (unreadBytes - left <= least) {
                return Closing.UNREAD;
            }
            unreadBytes = left;
            since.unreadMs = nowMs;
        }
        return null;
    }

    private void ping(long nowMs) {
        HttpConnection made = connection;
        if (guard.pingAfterMs() > 0 && since.pingMs == NEVER && made != null) {
            since.pingMs = nowMs;
            // an answer is a byte like any other, see channelRead
            made.ping(Buffer.buffer(new byte[PING_BYTES])).onComplete(answered -> {});
        }
    }

    /**
     * Says goodbye, lets requests under way end, then closes. Over HTTP/1.1 the next answer says
     * it: a connection that closes between two requests may lose the second.
     */
    private void retire(Closing why, long nowMs, long graceMs) {
        count(why);
        retired = true;
        since.endMs = nowMs + graceMs + LAST_WORDS_MS;
        HttpConnection made = connection;
        if (frames != null && made != null) {
            made.shutdown(graceMs, TimeUnit.MILLISECONDS);
        } else if (why == Closing.IDLE) {
            close(null);
        }
    }

    /** At once, past all that would first say goodbye to somebody who may not listen. */
    private void close(@Nullable Closing why) {
        if (why != null) {
            count(why);
        }
        ChannelHandlerContext here = context;
        if (here != null) {
            here.close().addListener(closed -> {}); // the close future tells the port
        }
    }
}
