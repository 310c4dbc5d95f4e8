package io.penstock.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Talks to an admin port. */
public final class AdminHttp {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Supplier<String> address;
    private final Supplier<String> authorization;

    /** At {@code host:port}, asked for anew at every request. */
    public AdminHttp(Supplier<String> address) {
        this(address, () -> "");
    }

    /** The same, with a header of that name. */
    public AdminHttp(Supplier<String> address, Supplier<String> authorization) {
        this.address = address;
        this.authorization = authorization;
    }

    /** What was answered. */
    public record Said(int status, String text) {
        /** The body as JSON. */
        public JsonObject json() {
            return new JsonObject(text);
        }

        /** The field {@code error}. */
        public String error() {
            return json().getString("error", "");
        }

        /** The field {@code key}. */
        public String key() {
            return json().getString("key", "");
        }

        /** The same, after a look at the status. */
        public Said with(int expected) {
            assertThat(status).as("%s", text).isEqualTo(expected);
            return this;
        }
    }

    private HttpRequest.Builder to(String path) {
        HttpRequest.Builder made =
                HttpRequest.newBuilder(URI.create("http://" + address.get() + path));
        String shown = authorization.get();
        return shown.isEmpty() ? made : made.header("Authorization", shown);
    }

    /** Sends a request; an empty body is none. */
    public Said send(String method, String path, String body) throws Exception {
        HttpRequest request =
                to(path).timeout(LIMIT)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body))
                        .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        return new Said(answer.statusCode(), answer.body());
    }

    /** The first of a stream's events that is wanted. */
    public JsonObject event(String path, Predicate<JsonObject> wanted) throws Exception {
        HttpResponse<Stream<String>> answer = client.send(to(path).build(), BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("text/event-stream; charset=utf-8");
        try (Stream<String> lines = answer.body()) {
            return lines.filter(line -> line.startsWith("data: "))
                    .map(line -> new JsonObject(line.substring("data: ".length())))
                    .filter(wanted)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Asks. */
    public Said get(String path) throws Exception {
        return send("GET", path, "");
    }
}
