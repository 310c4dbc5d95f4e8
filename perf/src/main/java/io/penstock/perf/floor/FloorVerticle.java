package io.penstock.perf.floor;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.server.GrpcServer;

/** One event loop of the floor. Threading: confined to its event loop. */
final class FloorVerticle extends VerticleBase {
    private static final Buffer ANSWER =
            Buffer.buffer(
                    "{\"repo\":\"floor\",\"node\":\"floor\",\"epoch\":\"0000000000000001\","
                            + "\"firstPosition\":8589934592,\"records\":303,\"duplicate\":false}");

    private final String host;
    private final int port;
    private int boundPort;

    FloorVerticle(String host, int port) {
        this.host = host;
        this.port = port;
    }

    int boundPort() {
        return boundPort;
    }

    @Override
    public Future<?> start() {
        GrpcServer grpc = EmptyPush.server(vertx);
        return vertx.createHttpServer(options())
                .requestHandler(request -> route(grpc, request))
                .listen(port, host)
                .onSuccess(server -> boundPort = server.actualPort());
    }

    /** As the gateway sets its data port: the windows decide as much as the code does. */
    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setHttp2ConnectionWindowSize(16 << 20)
                .setInitialSettings(
                        new Http2Settings()
                                .setInitialWindowSize(1 << 20)
                                .setMaxConcurrentStreams(256)
                                .setMaxHeaderListSize(16 << 10));
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
