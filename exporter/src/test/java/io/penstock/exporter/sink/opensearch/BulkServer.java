package io.penstock.exporter.sink.opensearch;

import io.penstock.exporter.sink.body.BodyReader;
import io.penstock.exporter.sink.body.Compression;
import io.penstock.exporter.sink.contract.Reply;
import io.penstock.exporter.sink.web.ScriptedServer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Answers bulk requests as the documentation of the API says, with the statuses it is told; keeps
 * documents by index and id.
 *
 * <p>Threading: any thread; requests are handled on the server's event loop.
 */
final class BulkServer implements AutoCloseable {

    private static final long SLOW_MS = 1000;
    private static final int CREATED = 201;
    private static final int CONFLICT = 409;

    private final ScriptedServer server = new ScriptedServer();
    private final Map<String, JsonObject> documents = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile ToIntFunction<JsonObject> statuses = document -> CREATED;
    private volatile Supplier<Reply> replies = () -> Reply.ACCEPT;

    BulkServer() throws TimeoutException {
        server.handle(request -> request.body().onSuccess(body -> reply(request, body)));
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** Documents by {@code index/id}. */
    Map<String, JsonObject> documents() {
        return documents;
    }

    int requests() {
        return requests.get();
    }

    /** Tells it how to answer whole requests, item by item all the same. */
    void replies(Supplier<Reply> next) {
        replies = next;
    }

    /** Tells it the status of each document that is not there yet. */
    void statuses(ToIntFunction<JsonObject> next) {
        statuses = next;
    }

    /** Answers every request so from now on. */
    void answer(int status, String body) {
        server.answer(status, body);
    }

    private void reply(HttpServerRequest request, Buffer body) {
        requests.incrementAndGet();
        switch (replies.get()) {
            case ACCEPT -> answer(request, body, statuses);
            case PUT_OFF -> answer(request, body, document -> 429);
            case REFUSE -> answer(request, body, document -> 400);
            case SLOW -> later(() -> answer(request, body, statuses));
        }
    }

    private static void later(Runnable answer) {
        io.vertx.core.Vertx.currentContext().owner().setTimer(SLOW_MS, fired -> answer.run());
    }

    private void answer(HttpServerRequest request, Buffer body, ToIntFunction<JsonObject> status) {
        boolean packed = "gzip".equals(request.getHeader("content-encoding"));
        byte[] plain =
                BodyReader.unpack(packed ? Compression.GZIP : Compression.NONE, body.getBytes());
        List<String> lines = new String(plain, StandardCharsets.UTF_8).lines().toList();
        List<JsonObject> items = new ArrayList<>();
        boolean errors = false;
        for (int i = 0; i < lines.size(); i += 2) {
            JsonObject create = new JsonObject(lines.get(i)).getJsonObject("create");
            JsonObject item = item(create, new JsonObject(lines.get(i + 1)), status);
            errors |= item.containsKey("error");
            items.add(new JsonObject().put("create", item));
        }
        request.response()
                .end(
                        new JsonObject()
                                .put("errors", errors)
                                .put("items", new JsonArray(items))
                                .toBuffer());
    }

    private JsonObject item(
            JsonObject create, JsonObject document, ToIntFunction<JsonObject> statusOf) {
        String key = create.getString("_index") + "/" + create.getString("_id");
        int status = documents.containsKey(key) ? CONFLICT : statusOf.applyAsInt(document);
        if (status == CREATED) {
            documents.put(key, document);
            return new JsonObject().put("status", status);
        }
        return new JsonObject()
                .put("status", status)
                .put("error", new JsonObject().put("type", "kind").put("reason", "no " + status));
    }

    @Override
    public void close() throws TimeoutException {
        server.close();
    }
}
