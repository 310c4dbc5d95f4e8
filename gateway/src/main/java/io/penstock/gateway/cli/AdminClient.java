package io.penstock.gateway.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks the admin port of a live node. Blocks; confined to the main thread. */
final class AdminClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** A replay waits for its sink. */
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private final String address;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

    AdminClient(String address) {
        this.address = address;
    }

    JsonObject get(String path) throws InterruptedException {
        return send(path, request(path).GET().build());
    }

    JsonObject post(String path) throws InterruptedException {
        return send(path, request(path).POST(BodyPublishers.noBody()).build());
    }

    private HttpRequest.Builder request(String path) {
        try {
            return HttpRequest.newBuilder(URI.create("http://" + address + path)).timeout(TIMEOUT);
        } catch (IllegalArgumentException malformed) {
            throw new CommandFailure(
                    ExitCode.USAGE, address + " is no HOST:PORT (" + malformed.getMessage() + ")");
        }
    }

    private JsonObject send(String path, HttpRequest request) throws InterruptedException {
        HttpResponse<String> response;
        try {
            response = client.send(request, BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "cannot reach the admin port " + address + ": " + reason(unreachable));
        }
        JsonObject json = json(response.body());
        if (response.statusCode() / 100 != 2) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    path + " answers " + response.statusCode() + ": " + json.getString("error"));
        }
        return json;
    }

    private static String reason(IOException failure) {
        String message = failure.getMessage();
        return message == null || message.isEmpty() ? "connection refused" : message;
    }

    private static JsonObject json(String body) {
        try {
            return new JsonObject(body);
        } catch (DecodeException notJson) {
            return new JsonObject().put("error", body.substring(0, Math.min(200, body.length())));
        }
    }
}
