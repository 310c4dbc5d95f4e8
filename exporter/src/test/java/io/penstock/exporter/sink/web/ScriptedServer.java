package io.penstock.exporter.sink.web;

import io.penstock.exporter.sink.contract.Reply;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetServer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A real HTTP server that answers as it is told, keeps what it accepted, and drops what comes again
 * under the same Idempotency-Key.
 *
 * <p>Threading: any thread; requests are handled on its own event loop.
 */
public final class ScriptedServer implements AutoCloseable {

    private static final int WAIT_SECONDS = 20;
    private static final long SLOW_MS = 1000;

    /** One accepted request. */
    public record Accepted(
            String method, String uri, HttpVersion version, MultiMap headers, Buffer body) {}

    private final Vertx vertx = Vertx.vertx();
    private final List<Accepted> accepted = new CopyOnWriteArrayList<>();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private volatile Supplier<Reply> replies = () -> Reply.ACCEPT;
    private volatile Consumer<HttpServerRequest> handler = this::byScript;
    private final HttpServer server;

    public ScriptedServer() throws TimeoutException {
        this(new HttpServerOptions());
    }

    public ScriptedServer(HttpServerOptions options) throws TimeoutException {
        server =
                vertx.createHttpServer(options)
                        .requestHandler(request -> handler.accept(request))
                        .listen(0, "127.0.0.1")
                        .await(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    public int port() {
        return server.actualPort();
    }

    public List<Accepted> accepted() {
        return accepted;
    }

    public void replies(Supplier<Reply> next) {
        replies = next;
    }

    /** Answers by hand from now on. */
    public void handle(Consumer<HttpServerRequest> byHand) {
        handler = byHand;
    }

    /** Answers every request so, with a body, once the request's own has arrived. */
    public void answer(int status, String body) {
        handle(
                request ->
                        request.body()
                                .onSuccess(
                                        b -> request.response().setStatusCode(status).end(body)));
    }

    private void byScript(HttpServerRequest request) {
        request.body().onSuccess(body -> reply(request, body, replies.get()));
    }

    private void reply(HttpServerRequest request, Buffer body, Reply reply) {
        switch (reply) {
            case ACCEPT -> accept(request, body);
            case PUT_OFF -> request.response().setStatusCode(503).end("later");
            case REFUSE -> request.response().setStatusCode(422).end("never");
            case SLOW -> vertx.setTimer(SLOW_MS, fired -> accept(request, body));
        }
    }

    public void accept(HttpServerRequest request, Buffer body) {
        if (keys.add(String.valueOf(request.getHeader("Idempotency-Key")))) {
            accepted.add(
                    new Accepted(
                            request.method().name(),
                            request.uri(),
                            request.version(),
                            request.headers(),
                            body));
        }
        request.response().end("thank you");
    }

    /** A server beside it that knows no HTTP: sends these bytes to whoever sends it any. */
    public int rawPort(String answer, boolean thenClose) throws TimeoutException {
        NetServer raw =
                vertx.createNetServer()
                        .connectHandler(
                                socket ->
                                        socket.handler(
                                                any -> {
                                                    socket.handler(rest -> {});
                                                    socket.write(answer);
                                                    if (thenClose) {
                                                        socket.close();
                                                    }
                                                }));
        return raw.listen(0, "127.0.0.1").await(WAIT_SECONDS, TimeUnit.SECONDS).actualPort();
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(WAIT_SECONDS, TimeUnit.SECONDS);
    }
}
