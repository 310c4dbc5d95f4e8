package io.penstock.perf.floor;

import io.penstock.gateway.ingest.IngressConfig;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.server.GrpcServer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One event loop of the floor. Threading: confined to its event loop. */
final class FloorVerticle extends VerticleBase {
    private static final Buffer ANSWER =
            Buffer.buffer(
                    "{\"repo\":\"floor\",\"node\":\"floor\",\"epoch\":\"0000000000000001\","
                            + "\"firstPosition\":8589934592,\"records\":303,\"duplicate\":false}");

    private static final String HOST = "127.0.0.1";
    private static final int MAX_HEADER_LIST_BYTES = 16 << 10;

    private final IngressConfig ingress;
    private final int port;
    private final AtomicInteger bound;

    FloorVerticle(IngressConfig ingress, int port, AtomicInteger bound) {
        this.ingress = ingress;
        this.port = port;
        this.bound = bound;
    }

    @Override
    public Future<?> start() {
        GrpcServer grpc = EmptyPush.server(vertx);
        return vertx.createHttpServer(options())
                .requestHandler(request -> route(grpc, request))
                .listen(port, HOST)
                .onSuccess(server -> bound.set(server.actualPort()));
    }

    /** As the gateway sets its data port: windows and chunks decide as much as the code does. */
    private HttpServerOptions options() {
        Http2Settings http2 =
                new Http2Settings()
                        .setInitialWindowSize(ingress.streamWindowBytes())
                        .setMaxFrameSize(ingress.maxFrameBytes())
                        .setMaxConcurrentStreams(ingress.maxConcurrentStreams())
                        .setMaxHeaderListSize(MAX_HEADER_LIST_BYTES);
        return new HttpServerOptions()
                .setInitialSettings(http2)
                .setHttp2ConnectionWindowSize(ingress.connectionWindowBytes())
                .setMaxChunkSize(ingress.maxFrameBytes())
                .setMaxHeaderSize(MAX_HEADER_LIST_BYTES)
                .setIdleTimeout((int) ingress.idleTimeoutMs())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    private static void route(GrpcServer grpc, HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null && type.startsWith("application/grpc")) {
            grpc.handle(request);
            return;
        }
        request.handler(chunk -> {}); // taken from the wire and dropped
        request.endHandler(
                end ->
                        request.response()
                                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                                .end(ANSWER));
    }
}
