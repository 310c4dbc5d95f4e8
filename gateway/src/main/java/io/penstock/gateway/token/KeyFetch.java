package io.penstock.gateway.token;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Fetches an issuer's keys over HTTP: bounded in bytes and time, redirects not followed.
 *
 * <p>Threading: any thread; making it reads files.
 */
final class KeyFetch {
    private static final int CONNECT_MS = 3_000;
    private static final long REQUEST_MS = 5_000;
    private static final int OK = 200;

    private final HttpClient client;
    private final KeySource source;

    KeyFetch(Vertx vertx, KeySource source) {
        this.source = source;
        this.client =
                vertx.createHttpClient(
                        source.tls()
                                .apply(new HttpClientOptions())
                                .setConnectTimeout(CONNECT_MS)
                                .setKeepAlive(false));
    }

    /** The document of keys; fails with what to tell people. */
    Future<String> fetch() {
        return source.isDiscovered()
                ? get(source.discovery()).compose(found -> get(place(found)))
                : get(source.url());
    }

    /**
     * OpenID Connect Discovery 1.0, section 4.3: what the document says of its issuer must agree.
     */
    private String place(String discovered) {
        JsonObject said = new JsonObject(discovered);
        if (!source.issuer().equals(said.getValue("issuer"))) {
            throw new IllegalArgumentException("the discovery document is another issuer's");
        }
        String scheme = source.issuer().startsWith("https:") ? "https:" : "http";
        if (!(said.getValue("jwks_uri") instanceof String place) || !place.startsWith(scheme)) {
            throw new IllegalArgumentException("the discovery document has no good jwks_uri");
        }
        return place;
    }

    private Future<String> get(String url) {
        return client.request(new RequestOptions().setAbsoluteURI(url).setMethod(HttpMethod.GET))
                .compose(
                        request ->
                                answer(request)
                                        .timeout(REQUEST_MS, TimeUnit.MILLISECONDS)
                                        .onFailure(late -> request.reset()))
                .recover(cause -> Future.failedFuture(url + ": " + cause.getMessage()));
    }

    private static Future<String> answer(HttpClientRequest request) {
        return request.putHeader("Accept", "application/json")
                .send()
                .compose(
                        response ->
                                response.statusCode() == OK
                                        ? body(response)
                                        : Future.failedFuture("status " + response.statusCode()));
    }

    private static Future<String> body(HttpClientResponse response) {
        Promise<String> whole = Promise.promise();
        Buffer read = Buffer.buffer();
        response.exceptionHandler(whole::tryFail);
        response.endHandler(end -> whole.tryComplete(read.toString(StandardCharsets.UTF_8)));
        response.handler(
                chunk -> {
                    if (read.length() + chunk.length() > KeySet.MAX_BYTES) {
                        whole.tryFail("longer than " + KeySet.MAX_BYTES + " bytes");
                    } else {
                        read.appendBuffer(chunk);
                    }
                });
        return whole.future();
    }

    Future<Void> close() {
        return client.close();
    }
}
