package io.penstock.exporter.sink.web;

import io.penstock.exporter.sink.contract.Reply;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Stands before a real server: passes requests on, or answers in its stead when told to.
 *
 * <p>Threading: any thread; requests are handled on its own event loop.
 */
public final class ForwardingServer implements AutoCloseable {

    private static final int WAIT_SECONDS = 20;
    private static final long SLOW_MS = 1000;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();
    private final String behind;
    private final HttpServer server;
    private volatile Supplier<Reply> replies = () -> Reply.ACCEPT;

    /** A server before the one at a URL. */
    public ForwardingServer(String behind) throws TimeoutException {
        this.behind = behind;
        server =
                vertx.createHttpServer()
                        .requestHandler(
                                request -> request.body().onSuccess(body -> reply(request, body)))
                        .listen(0, "127.0.0.1")
                        .await(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** Tells it how to answer from now on. */
    public void replies(Supplier<Reply> next) {
        replies = next;
    }

    private void reply(HttpServerRequest request, Buffer body) {
        switch (replies.get()) {
            case ACCEPT -> pass(request, body);
            case PUT_OFF -> request.response().setStatusCode(503).end("later");
            case REFUSE -> request.response().setStatusCode(413).end("never");
            case SLOW -> vertx.setTimer(SLOW_MS, fired -> pass(request, body));
        }
    }

    private void pass(HttpServerRequest request, Buffer body) {
        RequestOptions options =
                new RequestOptions()
                        .setMethod(request.method())
                        .setAbsoluteURI(behind + request.uri());
        request.headers().forEach(options::addHeader);
        options.getHeaders().remove("host");
        client.request(options)
                .compose(opened -> opened.send(body))
                .compose(
                        answer ->
                                answer.body()
                                        .compose(
                                                said ->
                                                        request.response()
                                                                .setStatusCode(answer.statusCode())
                                                                .end(said)))
                .onFailure(broken -> request.response().setStatusCode(502).end());
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(WAIT_SECONDS, TimeUnit.SECONDS);
    }
}
