package io.penstock.gateway.endtoend;

import io.penstock.gateway.cli.Main;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * One answer of an admin port, or of the command line.
 *
 * @param code HTTP status, or exit code
 * @param text what came
 */
record AdminCall(int code, String text) {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration BRIEF = Duration.ofSeconds(1);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();

    /** Asks an admin port; an empty body is none. */
    static AdminCall http(String admin, String method, String path, String body) throws Exception {
        return http(admin, method, path, body, LIMIT);
    }

    private static AdminCall http(
            String admin, String method, String path, String body, Duration limit)
            throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + admin + path))
                        .timeout(limit)
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body))
                        .build();
        HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        String retry = answer.headers().firstValue("Retry-After").orElse("");
        return new AdminCall(
                answer.statusCode(),
                answer.body() + (retry.isEmpty() ? "" : "Retry-After: " + retry));
    }

    static JsonObject get(String admin, String path) throws Exception {
        return new JsonObject(http(admin, "GET", path, "").text());
    }

    /** Of a node that may be paused: an exception soon. */
    static JsonObject brief(String admin, String path) throws Exception {
        return new JsonObject(http(admin, "GET", path, "", BRIEF).text());
    }

    /** Runs a verb against an admin port. */
    static AdminCall verb(String admin, String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(out, true));
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--admin", admin));
        int code = line.execute(all.toArray(String[]::new));
        return new AdminCall(code, out.toString());
    }
}
