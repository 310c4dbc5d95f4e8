package io.penstock.gateway.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.boot.TestNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignalHookTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final List<JsonObject> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        TestNode.await(vertx.close());
    }

    private SignalHook hook() throws Exception {
        HttpServer target =
                vertx.createHttpServer()
                        .requestHandler(
                                request -> {
                                    asked.incrementAndGet();
                                    boolean refuses = refusals.getAndDecrement() > 0;
                                    request.body()
                                            .onSuccess(
                                                    body -> {
                                                        if (!refuses) {
                                                            heard.add(body.toJsonObject());
                                                        }
                                                        request.response()
                                                                .setStatusCode(refuses ? 503 : 204)
                                                                .end();
                                                    });
                                });
        int port = TestNode.await(target.listen(0, "127.0.0.1")).actualPort();
        return new SignalHook(vertx, "http://127.0.0.1:" + port + "/scale", 5);
    }

    @Test
    void aChangeIsToldAgainUntilItIsHeard() throws Exception {
        refusals.set(3);
        hook().tell(new JsonObject().put("wanted_nodes", 3));
        TestNode.until(() -> heard.size() == 1);
        assertThat(heard.get(0).getInteger("wanted_nodes")).isEqualTo(3);
        assertThat(asked).hasValue(4);
    }

    @Test
    void afterSoManyAttemptsItIsGivenUp() throws Exception {
        refusals.set(1_000);
        SignalHook hook = hook();
        hook.tell(new JsonObject().put("wanted_nodes", 3));
        TestNode.until(() -> asked.get() == SignalHook.MOST_ATTEMPTS);
        refusals.set(0);
        hook.tell(new JsonObject().put("wanted_nodes", 4));
        TestNode.until(() -> heard.size() == 1);
        assertThat(heard.get(0).getInteger("wanted_nodes")).isEqualTo(4);
        assertThat(asked).hasValue(SignalHook.MOST_ATTEMPTS + 1);
    }
}
