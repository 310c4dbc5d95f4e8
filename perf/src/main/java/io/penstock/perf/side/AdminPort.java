package io.penstock.perf.side;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a gateway's admin port. Threading: any thread. */
final class AdminPort {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(ANSWER_WITHIN)
                    .build();

    private final URI root;

    AdminPort(int port) {
        root = URI.create("http://127.0.0.1:" + port);
    }

    /** Whether the gateway takes traffic. */
    boolean ready() throws InterruptedException {
        try {
            return get("/readyz").statusCode() == 200;
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    /** The ledgers of all exports of all repos; the gateway counts what is staged for it. */
    JsonArray ledger() throws IOException, InterruptedException {
        return rows("ledger");
    }

    /** All exports of all repos, from counters. */
    JsonArray exports() throws IOException, InterruptedException {
        return rows("exports");
    }

    /** The page of metrics. */
    String metrics() throws IOException, InterruptedException {
        return get("/metrics").body();
    }

    private JsonArray rows(String name) throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/v1/" + name);
        if (answer.statusCode() != 200) {
            throw new IOException(name + ": HTTP " + answer.statusCode() + " " + answer.body());
        }
        return new JsonObject(answer.body()).getJsonArray(name);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(root.resolve(path)).timeout(ANSWER_WITHIN).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
