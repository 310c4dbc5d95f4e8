package io.penstock.gateway.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.LongAdder;

/** The server at the other end of the http sink: counts lines. Threading: any thread. */
final class Receiver {
    private final HttpServer server;
    private final LongAdder records = new LongAdder();
    private final LongAdder requests = new LongAdder();

    Receiver(Vertx vertx) {
        server = vertx.createHttpServer(new HttpServerOptions()).requestHandler(this::receive);
    }

    /** Listens on a free port. */
    Future<Integer> listen() {
        return server.listen(0, "127.0.0.1").map(HttpServer::actualPort);
    }

    private void receive(HttpServerRequest request) {
        requests.increment();
        request.handler(
                chunk -> {
                    long lines = 0;
                    for (byte b : chunk.getBytes()) {
                        lines += b == '\n' ? 1 : 0;
                    }
                    records.add(lines);
                });
        request.endHandler(end -> request.response().end());
    }

    long records() {
        return records.sum();
    }

    long requests() {
        return requests.sum();
    }
}
