package io.penstock.perf.side;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server in this process that takes and drops what an http sink posts. Threading: any thread; it
 * runs on an event loop of its own.
 */
public final class HttpDrain implements AutoCloseable {
    private static final int WITHIN_S = 30;

    private final Vertx vertx;
    private final int port;
    private final AtomicLong bytes;

    private HttpDrain(Vertx vertx, int port, AtomicLong bytes) {
        this.vertx = vertx;
        this.port = port;
        this.bytes = bytes;
    }

    /** Starts one on a free port. */
    public static HttpDrain start() throws IOException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        AtomicLong bytes = new AtomicLong();
        try {
            HttpServer server =
                    vertx.createHttpServer(
                                    new HttpServerOptions().setHttp2ConnectionWindowSize(16 << 20))
                            .requestHandler(request -> drop(request, bytes))
                            .listen(0, "127.0.0.1")
                            .await(WITHIN_S, TimeUnit.SECONDS);
            return new HttpDrain(vertx, server.actualPort(), bytes);
        } catch (TimeoutException e) {
            vertx.close();
            throw new IOException("no port to listen on", e);
        }
    }

    private static void drop(HttpServerRequest request, AtomicLong bytes) {
        request.handler(chunk -> bytes.addAndGet(chunk.length()));
        request.endHandler(end -> request.response().end());
    }

    /** Where it listens on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Bytes of bodies taken. */
    public long bytes() {
        return bytes.get();
    }

    @Override
    public void close() {
        try {
            vertx.close().await(WITHIN_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the drain does not close", e);
        }
    }
}
