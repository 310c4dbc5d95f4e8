package io.penstock.gateway.notify;

import io.penstock.gateway.boot.TestNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that others call: keeps what it is sent, and answers as it is told to. */
public final class Hook implements AutoCloseable {
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(200);
    private final HttpServer server;

    /** One request. */
    public record Call(Map<String, String> headers, Buffer body, int answered) {
        /** Its body. */
        public JsonObject json() {
            return new JsonObject(body);
        }
    }

    /** A server on a free port. */
    public Hook(Vertx vertx) throws Exception {
        server = vertx.createHttpServer();
        server.requestHandler(
                request ->
                        request.body()
                                .onSuccess(
                                        body -> {
                                            int now = status.get();
                                            Map<String, String> headers = new HashMap<>();
                                            request.headers().forEach(headers::put);
                                            calls.add(new Call(headers, body, now));
                                            request.response().setStatusCode(now).end();
                                        }));
        TestNode.await(server.listen(0, "127.0.0.1"));
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + server.actualPort() + "/services/T0/B0/pathsecret";
    }

    /** What came so far. */
    public List<Call> calls() {
        return calls;
    }

    /** Answers so from now on. */
    public void answer(int now) {
        status.set(now);
    }

    @Override
    public void close() {
        try {
            TestNode.await(server.close());
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
