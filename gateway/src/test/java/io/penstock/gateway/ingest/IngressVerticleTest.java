package io.penstock.gateway.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.gateway.guard.GuardConfig;
import io.penstock.model.Tls;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IngressVerticleTest {
    private final Set<Lane> lanes = ConcurrentHashMap.newKeySet();
    private final Promise<HttpServerRequest> held = Promise.promise();
    private @Nullable DataPort port;

    /** Says on which lane a request came, or keeps it. */
    private final class Echo implements Transport {
        private final Lane lane;

        Echo(Lane lane) {
            this.lane = lane;
        }

        @Override
        public boolean takes(HttpServerRequest request) {
            return true;
        }

        @Override
        public void handle(HttpServerRequest request) {
            lanes.add(lane);
            if (request.path().equals("/hold")) {
                held.complete(request);
            } else {
                request.response().end();
            }
        }
    }

    private DataPort open(int instances) {
        port = new DataPort(DataPort.small(), instances, List.of(Echo::new));
        return port;
    }

    @AfterEach
    void close() {
        if (port != null) {
            port.close();
        }
    }

    @Test
    void instancesShareOnePortAndItsConnections() {
        DataPort three = open(3);
        for (HttpVersion version : List.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2)) {
            for (int i = 0; i < 6; i++) {
                get(three.client(version), "/");
            }
        }
        assertThat(lanes).hasSize(3);
        assertThat(three.node().connections()).isEqualTo(12);
    }

    @Test
    void stopsAfterTheRequestsThatAreUnderWay() {
        DataPort one = open(1);
        HttpClient client = one.client(HttpVersion.HTTP_2);
        var answer = request(client, "/hold").compose(HttpClientRequest::send);
        HttpServerRequest late = DataPort.await(held.future());
        Promise<Void> away = Promise.promise();
        late.connection().shutdownHandler(away::tryComplete);

        one.vertx().runOnContext(now -> one.undeploy(away));

        DataPort.await(away.future());
        late.response().end();
        assertThat(DataPort.await(answer).statusCode()).isEqualTo(200);
        DataPort.awaitUntil("all closed", () -> one.node().connections() == 0);
    }

    private static void get(HttpClient client, String path) {
        assertThat(
                        DataPort.await(request(client, path).compose(HttpClientRequest::send))
                                .statusCode())
                .isEqualTo(200);
    }

    private static io.vertx.core.Future<HttpClientRequest> request(HttpClient client, String path) {
        return client.request(HttpMethod.GET, path);
    }

    @Test
    void configurationNamesTheKeyThatIsWrong() {
        assertThatThrownBy(() -> config(70_000, 1 << 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("port: 70000");
        assertThatThrownBy(() -> config(1, 100)).hasMessageStartingWith("max_inflight_bytes: 100");
    }

    private static IngressConfig config(int port, long inflight) {
        return new IngressConfig(
                "h",
                port,
                1,
                1 << 20,
                1 << 20,
                1000,
                10,
                inflight,
                1,
                1,
                1 << 20,
                1 << 20,
                16 << 10,
                1000,
                1000,
                Tls.OFF,
                GuardConfig.DEFAULT);
    }
}
