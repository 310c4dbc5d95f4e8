package io.penstock.gateway.peer;

import io.penstock.exporter.relay.ForwardedExports;
import io.penstock.gateway.tls.TlsPort;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop of the port on which deliveries of other nodes come. Deploy as many as there shall
 * be loops.
 *
 * <p>Threading: confined to its event loop.
 */
public final class PeerServer extends VerticleBase {
    /** Longest message that is taken. */
    public static final int MAX_MESSAGE_BYTES = 64 << 20;

    /**
     * Vert.x has the listeners of one Vertx share a free port when they name the same negative
     * number; the data port has those near 0.
     */
    private static final int SHARED_FREE_PORT = -1_000_000;

    private static final int STREAM_WINDOW_BYTES = 8 << 20;
    private static final int CONNECTION_WINDOW_BYTES = 16 << 20;
    private static final int MAX_FRAME_BYTES = 64 << 10;
    private static final int NOT_FOUND = 404;
    static final int UNAUTHENTICATED = 401;
    private static final long STOP_GRACE_MS = 500;
    private static final Logger LOG = LoggerFactory.getLogger(PeerServer.class);

    private final String host;
    private final int port;
    private final ForwardedExports exports;
    private final Owners owners;
    private final IntConsumer bound;
    private final TlsPort tls;
    private PeerSecret secret = PeerSecret.NONE;
    private @Nullable HttpServer server;

    /**
     * One loop.
     *
     * @param port 0 takes a free one
     * @param bound hears which
     * @param tls where there is to be some; it has been read
     */
    public PeerServer(
            String host,
            int port,
            ForwardedExports exports,
            Owners owners,
            IntConsumer bound,
            TlsPort tls) {
        this.tls = tls;
        this.host = host;
        this.port = port;
        this.exports = exports;
        this.owners = owners;
        this.bound = bound;
    }

    /** Takes only what comes with a secret; before it is deployed. */
    public PeerServer guardedBy(PeerSecret shared) {
        secret = shared;
        return this;
    }

    @Override
    public Future<?> start() {
        HttpServer made =
                vertx.createHttpServer(tls.apply(options()))
                        .requestHandler(this::route)
                        .exceptionHandler(tls::handshakeFailed)
                        .connectionHandler(
                                connection ->
                                        connection.exceptionHandler(
                                                fault ->
                                                        LOG.debug(
                                                                "connection of {}: {}",
                                                                connection.remoteAddress(),
                                                                fault)));
        server = made;
        return made.listen(port == 0 ? SHARED_FREE_PORT : port, host)
                .onSuccess(tls::opened)
                .onSuccess(open -> bound.accept(open.actualPort()));
    }

    @Override
    public Future<?> stop() {
        HttpServer last = server;
        if (last != null) {
            tls.closed(last);
        }
        return last == null
                ? Future.succeededFuture()
                : last.shutdown(STOP_GRACE_MS, TimeUnit.MILLISECONDS);
    }

    private void route(HttpServerRequest request) {
        if (!secret.fits(request.getHeader(PeerSecret.HEADER))) {
            LOG.debug("{} has not the nodes' forward_key", request.remoteAddress());
            request.response().setStatusCode(UNAUTHENTICATED).end();
        } else if (request.version() == HttpVersion.HTTP_2
                && request.method().equals(HttpMethod.POST)
                && PeerLink.PATH.equals(request.uri())) {
            new PeerCall(request, exports, owners, context).begin();
        } else {
            request.response().setStatusCode(NOT_FOUND).end();
        }
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setInitialSettings(
                        new Http2Settings()
                                .setInitialWindowSize(STREAM_WINDOW_BYTES)
                                .setMaxFrameSize(MAX_FRAME_BYTES))
                .setHttp2ConnectionWindowSize(CONNECTION_WINDOW_BYTES)
                .setMaxChunkSize(MAX_FRAME_BYTES)
                .setTcpNoDelay(true);
    }
}
