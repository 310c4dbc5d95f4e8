package io.penstock.gateway.endtoend;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes requests on to a server, and loses the answer to every second one, after the server has
 * done what it was asked for.
 *
 * <p>Threading: any thread; requests are handled on its own event loop.
 */
final class AnswerLosingProxy implements AutoCloseable {

    private static final int WAIT_SECONDS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();
    private final int behind;
    private final HttpServer server;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    AnswerLosingProxy(int behind) throws TimeoutException {
        this.behind = behind;
        server =
                vertx.createHttpServer()
                        .requestHandler(
                                request -> request.body().onSuccess(body -> pass(request, body)))
                        .listen(0, "127.0.0.1")
                        .await(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** Answers that were lost. */
    int lost() {
        return lost.get();
    }

    private void pass(HttpServerRequest request, Buffer body) {
        RequestOptions options =
                new RequestOptions()
                        .setMethod(request.method())
                        .setHost("127.0.0.1")
                        .setPort(behind)
                        .setURI(request.uri());
        request.headers().forEach(options::addHeader);
        options.getHeaders().remove("host");
        client.request(options)
                .compose(opened -> opened.send(body))
                .compose(
                        answer ->
                                answer.body()
                                        .onSuccess(
                                                said -> answer(request, answer.statusCode(), said)))
                .onFailure(broken -> request.connection().close());
    }

    private void answer(HttpServerRequest request, int status, Buffer body) {
        if (answered.getAndIncrement() % 2 == 0) {
            lost.incrementAndGet();
            request.connection().close();
        } else {
            request.response().setStatusCode(status).end(body);
        }
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(WAIT_SECONDS, TimeUnit.SECONDS);
    }
}
