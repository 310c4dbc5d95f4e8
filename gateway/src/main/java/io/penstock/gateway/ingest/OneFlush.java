package io.penstock.gateway.ingest;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Makes the answers of one turn of an event loop one write to the socket. Vert.x flushes each
 * answer that is given outside of a read, and acknowledgements are: a run of them comes when the
 * append that coalesced their batches is over.
 *
 * <p>Vert.x shows the pipeline of a socket only, not that of an HTTP connection; hence its internal
 * {@link ConnectionBase}.
 *
 * <p>Threading: on the connection's event loop.
 */
final class OneFlush {
    /** Answers after which a write goes out although the turn is not over. */
    private static final int MAX_ANSWERS = 256;

    private static final String NAME = "one-flush";

    private OneFlush() {}

    /** Changes a connection that was just made. */
    static void on(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            ChannelPipeline pipeline = base.channel().pipeline();
            if (pipeline.get(NAME) == null) {
                pipeline.addFirst(NAME, new FlushConsolidationHandler(MAX_ANSWERS, true));
            }
        }
    }
}
