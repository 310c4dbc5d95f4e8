package io.penstock.gateway.cli;

import io.penstock.exporter.tls.ClientTls;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks the admin port of a live node. Blocks; confined to the main thread. */
public final class AdminClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** A replay waits for its sink. */
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    /** How the JDK says that a port closed without a word, as one that speaks TLS does. */
    private static final String NO_HTTP = "received no bytes";

    /** How it says that what came is no TLS, as from a port that speaks plain HTTP. */
    private static final String NO_TLS = "plaintext connection";

    private static final Pattern HOST_PORT = Pattern.compile(".+:([0-9]{1,5})");
    private static final int MAX_PORT = 65_535;

    /** Of an answer that says what is wrong. */
    private static final int MAX_ERROR_BYTES = 64 << 10;

    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;

    private final String address;
    private final String scheme;
    private final String authorization;
    private final HttpClient client;

    /**
     * A client of a node.
     *
     * @param tls how it is spoken to; null for plain HTTP
     * @param authorization the header of that name; empty for none
     */
    public AdminClient(String address, @Nullable ClientTls tls, String authorization) {
        this.address = checked(address.replaceFirst("^https?://", "").replaceFirst("/$", ""));
        this.scheme = tls == null ? "http://" : "https://";
        this.authorization = authorization;
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT);
        if (tls != null) {
            builder.sslContext(TlsOption.named(tls::context));
        }
        this.client = builder.build();
    }

    private static String checked(String address) {
        Matcher form = HOST_PORT.matcher(address);
        if (!form.matches() || Integer.parseInt(form.group(1)) > MAX_PORT) {
            throw new CommandFailure(
                    ExitCode.USAGE, address + " is no HOST:PORT, such as 127.0.0.1:4401");
        }
        return address;
    }

    private AdminClient(AdminClient like, String address) {
        this.address = address;
        this.scheme = like.scheme;
        this.authorization = like.authorization;
        this.client = like.client;
    }

    /** A client of another node of the cluster, spoken to in the same way. */
    public AdminClient at(String other) {
        return new AdminClient(this, other);
    }

    /** Which node this one speaks to: {@code host:port}. */
    public String address() {
        return address;
    }

    /** Whether an address says itself that it is spoken to by TLS. */
    public static boolean isTls(String address) {
        return address.startsWith("https://");
    }

    /** What is answered to GET; anything but a good answer ends the verb, as below. */
    public JsonObject get(String path) throws InterruptedException {
        return send(path, request(path).GET().build()).orFail();
    }

    /**
     * The body of the answer to GET as it comes, without an end perhaps; closing it ends the
     * request.
     */
    public InputStream stream(String path) throws InterruptedException {
        HttpResponse<InputStream> response =
                sent(request(path).GET().build(), BodyHandlers.ofInputStream());
        if (response.statusCode() / 100 == 2) {
            return response.body();
        }
        try (InputStream body = response.body()) {
            String said = new String(body.readNBytes(MAX_ERROR_BYTES), StandardCharsets.UTF_8);
            new Answered(path, response.statusCode(), json(said)).orFail();
            throw new IllegalStateException("a good answer failed");
        } catch (IOException broken) {
            throw unreachable(broken);
        }
    }

    /** What is answered to GET, good or not. */
    public Answered answer(String path) throws InterruptedException {
        return send(path, request(path).GET().build());
    }

    /** Whether there is something under a path. */
    public boolean find(String path) throws InterruptedException {
        Answered answered = send(path, request(path).GET().build());
        return answered.status() != NOT_FOUND && answered.orFail() != null;
    }

    /** The same to POST without a body. */
    public JsonObject post(String path) throws InterruptedException {
        return send(path, request(path).POST(BodyPublishers.noBody()).build()).orFail();
    }

    /** The same to PUT. */
    public JsonObject put(String path, JsonObject body) throws InterruptedException {
        HttpRequest request =
                request(path)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body.encode()))
                        .build();
        return send(path, request).orFail();
    }

    /** What is answered to DELETE, good or not. */
    public Answered delete(String path) throws InterruptedException {
        return send(path, request(path).DELETE().build());
    }

    /**
     * What was answered.
     *
     * @param path that was asked for
     * @param status of HTTP
     * @param json body
     */
    public record Answered(String path, int status, JsonObject json) {
        /** The body of a good answer; any other ends the verb. */
        public JsonObject orFail() {
            if (status / 100 == 2) {
                return json;
            }
            JsonArray faults = json.getJsonArray("faults", new JsonArray());
            String why =
                    faults.isEmpty()
                            ? " " + error()
                            : faults.stream()
                                    .map(fault -> (JsonObject) fault)
                                    .map(f -> f.getString("key") + ": " + f.getString("error"))
                                    .collect(Collectors.joining("\n", "\n", ""));
            throw new CommandFailure(
                    status == UNPROCESSABLE ? ExitCode.CONFIGURATION : ExitCode.FAILED,
                    path + " answers " + status + ":" + why);
        }

        /** Data ports say what is wrong in a form of their own. */
        private String error() {
            return json.getValue("error") instanceof JsonObject other
                    ? other.getString("message")
                            + "; is that the admin port? It is 4401 unless admin.port says"
                            + " otherwise"
                    : String.valueOf(json.getValue("error"));
        }
    }

    private HttpRequest.Builder request(String path) {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(scheme + address + path)).timeout(TIMEOUT);
            return authorization.isEmpty()
                    ? request
                    : request.header("Authorization", authorization);
        } catch (IllegalArgumentException malformed) {
            throw new CommandFailure(
                    ExitCode.USAGE, address + " is no HOST:PORT (" + malformed.getMessage() + ")");
        }
    }

    private Answered send(String path, HttpRequest request) throws InterruptedException {
        HttpResponse<String> response = sent(request, BodyHandlers.ofString());
        return new Answered(path, response.statusCode(), json(response.body()));
    }

    private <T> HttpResponse<T> sent(HttpRequest request, BodyHandler<T> body)
            throws InterruptedException {
        try {
            return client.send(request, body);
        } catch (IOException unreachable) {
            throw unreachable(unreachable);
        }
    }

    private CommandFailure unreachable(IOException why) {
        return new CommandFailure(
                ExitCode.UNREACHABLE,
                "cannot reach the admin port " + address + ": " + reason(why));
    }

    private String reason(IOException failure) {
        String message = failure.getMessage();
        if (message != null && message.contains(NO_HTTP) && scheme.equals("http://")) {
            return message
                    + "; if that port speaks TLS, say --tls or name what to trust (--tls-ca)";
        }
        if (message != null && message.contains(NO_TLS)) {
            return "that port speaks no TLS; leave out https:// and the options of TLS";
        }
        if (ofUnknownHost(failure)) {
            return "no such host";
        }
        return message == null || message.isEmpty() ? "connection refused" : message;
    }

    private static boolean ofUnknownHost(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    private static JsonObject json(String body) {
        try {
            return new JsonObject(body);
        } catch (DecodeException notJson) {
            return new JsonObject().put("error", body.substring(0, Math.min(200, body.length())));
        }
    }

    /** Any request, with a body or an empty one; another answer than a good one ends the verb. */
    public JsonObject ask(String method, String path, String body) throws InterruptedException {
        HttpRequest.Builder request = request(path);
        return send(path, request.method(method, BodyPublishers.ofString(body)).build()).orFail();
    }
}
