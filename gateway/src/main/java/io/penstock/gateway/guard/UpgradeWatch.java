package io.penstock.gateway.guard;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.impl.Http1xOrH2CHandler;

/**
 * Has an upgrade to HTTP/2 without TLS ({@code Upgrade: h2c}, RFC 7540 section 3.2) that is refused
 * end its connection, and what comes behind it let go of. Vert.x answers it with 400 and {@code
 * Connection: close}, but neither closes nor frees the body: each such request would cost the node
 * its body in direct memory, for good.
 *
 * <p>The request goes through in the same read in which Vert.x finds out that HTTP/1.1 is spoken
 * and makes its handlers, so there would be no time to stand ahead of the one that upgrades. Hence
 * a connection's first bytes are handed on one by one until that is known, which takes 24 at the
 * most.
 *
 * <p>Threading: confined to the event loop of its connection.
 */
final class UpgradeWatch extends ChannelInboundHandlerAdapter {
    /** What Vert.x calls its handler of upgrades. */
    private static final String UPGRADES = "h2c";

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ChannelPipeline pipeline = context.pipeline();
        if (!(message instanceof ByteBuf bytes) || knows(pipeline)) {
            pipeline.remove(this); // TLS, where nobody upgrades
            context.fireChannelRead(message);
            return;
        }
        while (bytes.isReadable() && !knows(pipeline)) {
            context.fireChannelRead(bytes.readRetainedSlice(1));
        }
        if (knows(pipeline)) {
            if (pipeline.get(UPGRADES) != null) {
                pipeline.addBefore(UPGRADES, null, new Refusals());
            }
            pipeline.remove(this);
        }
        if (bytes.isReadable()) {
            context.fireChannelRead(bytes);
        } else {
            bytes.release();
        }
    }

    private static boolean knows(ChannelPipeline pipeline) {
        return pipeline.get(Http1xOrH2CHandler.class) == null;
    }

    /** Stands ahead of the handler of upgrades, which goes when it has seen a request. */
    private static final class Refusals extends ChannelInboundHandlerAdapter {
        private boolean refused;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ChannelPipeline pipeline = context.pipeline();
            if (!refused) {
                context.fireChannelRead(message);
                refused =
                        pipeline.get(UPGRADES) != null
                                && pipeline.get(Http2ConnectionHandler.class) == null;
                if (!refused) {
                    pipeline.remove(this);
                }
                return;
            }
            boolean last = message instanceof LastHttpContent;
            ReferenceCountUtil.release(message);
            if (last) {
                // the answer has no length: it ends with the connection. Not before: what the
                // client still sends would have the answer thrown away on its side
                context.close().addListener(closed -> {});
            }
        }
    }
}
