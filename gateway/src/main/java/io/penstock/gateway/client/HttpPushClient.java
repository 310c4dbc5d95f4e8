package io.penstock.gateway.client;

import io.penstock.exporter.push.RetryHint;
import io.penstock.exporter.record.Encoding;
import io.penstock.model.AckLevel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/repos/{repo}/batches} over HTTP/2 without TLS. Threading: any thread. */
public final class HttpPushClient implements PushClient {
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final int GATEWAY_TIMEOUT = 504;
    private static final long CALL_TIMEOUT_MS = 60_000;

    private final HttpClient client;
    private final SocketAddress server;

    /** A client of one server; connects with the first push. */
    public HttpPushClient(Vertx vertx, SocketAddress server) {
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setProtocolVersion(HttpVersion.HTTP_2)
                                .setHttp2ClearTextUpgrade(false)
                                .setConnectTimeout(CONNECT_TIMEOUT_MS));
        this.server = server;
    }

    @Override
    public Future<PushAnswer> push(PushCall call) {
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setServer(server)
                        .setHost(server.host())
                        .setPort(server.port())
                        .setTimeout(CALL_TIMEOUT_MS)
                        .setURI("/v1/repos/" + call.repo() + "/batches")
                        .putHeader("Content-Type", contentType(call.batch().encoding()))
                        .putHeader("Penstock-Ack", word(call.ack()));
        if (call.producerId() != 0) {
            options.putHeader("Penstock-Producer", HexFormat.of().toHexDigits(call.producerId()));
            options.putHeader("Penstock-Sequence", Long.toString(call.sequence()));
        }
        return client.request(options)
                .compose(request -> send(request, call))
                .recover(cause -> Future.succeededFuture(unreachable(cause)));
    }

    private static Future<PushAnswer> send(HttpClientRequest request, PushCall call) {
        return request.send(Buffer.buffer(call.batch().bytes()))
                .compose(response -> response.body().map(body -> answer(response, body)));
    }

    private static PushAnswer answer(HttpClientResponse response, Buffer body) {
        int status = response.statusCode();
        JsonObject json = json(body);
        if (status / 100 == 2) {
            JsonObject receipt = json.getJsonObject("receipt", json);
            return new PushAnswer.Staged(
                    receipt.getInteger("records", 0),
                    json.getBoolean("duplicate", false),
                    owners(response.getHeader("Penstock-Owners")));
        }
        String why = status + ": " + reason(json);
        long afterMs = RetryHint.ofHeaders(response.headers());
        return switch (status) {
            case REQUEST_TIMEOUT, TOO_MANY_REQUESTS, UNAVAILABLE, GATEWAY_TIMEOUT ->
                    new PushAnswer.Again(afterMs, why, true);
            default -> new PushAnswer.Never(why);
        };
    }

    private static List<String> owners(@Nullable String header) {
        return header == null ? List.of() : List.of(header.split(",", -1));
    }

    private static String reason(JsonObject json) {
        return json.getValue("error") instanceof JsonObject error
                ? error.getString("message", "")
                : json.encode();
    }

    private static JsonObject json(Buffer body) {
        try {
            return body.length() == 0 ? new JsonObject() : body.toJsonObject();
        } catch (DecodeException | ClassCastException notJson) {
            return new JsonObject().put("body", body.getString(0, Math.min(200, body.length())));
        }
    }

    private static String contentType(Encoding encoding) {
        return switch (encoding) {
            case NATIVE -> "application/x-protobuf";
            case NDJSON -> "application/x-ndjson";
            case JSON_ARRAY -> "application/json";
            case TEXT -> "text/plain; charset=utf-8";
            case OTLP_LOGS, OTLP_METRICS, OTLP_TRACES ->
                    throw new IllegalArgumentException("this client does not speak OTLP");
        };
    }

    private static String word(AckLevel ack) {
        return ack.name().toLowerCase(Locale.ROOT);
    }

    private static PushAnswer unreachable(Throwable cause) {
        return new PushAnswer.Again(-1, String.valueOf(cause.getMessage()), false);
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }
}
