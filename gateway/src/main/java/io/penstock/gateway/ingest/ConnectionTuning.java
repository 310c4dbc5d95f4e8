package io.penstock.gateway.ingest;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Map;

/**
 * What large batches want of a connection and Vert.x has no option for.
 *
 * <ul>
 *   <li>The answers of one turn of the event loop are one write to the socket. Vert.x flushes each
 *       answer that is given outside of a read, and acknowledgements are: a run of them comes when
 *       the append that coalesced their batches is over.
 *   <li>Bytes are read into pooled memory. Netty's default allocator gives a busy connection fresh
 *       memory time and again, which the JVM fills with zeros first.
 *   <li>A frame that came in two reads is not copied together: what is behind copies once more
 *       anyhow. Netty's default copies the whole of each read behind the rest of the one before.
 * </ul>
 *
 * <p>Vert.x shows the pipeline of a socket only, not that of an HTTP connection; hence its internal
 * {@link ConnectionBase}.
 *
 * <p>Threading: on the connection's event loop.
 */
final class ConnectionTuning {
    /** Answers after which a write goes out although the turn is not over. */
    private static final int MAX_ANSWERS = 256;

    private static final String ONE_FLUSH = "one-flush";

    private ConnectionTuning() {}

    /** Changes a connection that was just made. */
    static void apply(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            apply(base.channel());
        }
    }

    private static void apply(Channel channel) {
        channel.config().setAllocator(PooledByteBufAllocator.DEFAULT);
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.get(ONE_FLUSH) == null) {
            pipeline.addFirst(ONE_FLUSH, new FlushConsolidationHandler(MAX_ANSWERS, true));
        }
        for (Map.Entry<String, ChannelHandler> handler : pipeline) {
            if (handler.getValue() instanceof Http2ConnectionHandler frames) {
                frames.setCumulator(ByteToMessageDecoder.COMPOSITE_CUMULATOR);
            }
        }
    }
}
