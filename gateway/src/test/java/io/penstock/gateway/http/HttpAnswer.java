package io.penstock.gateway.http;

import io.penstock.gateway.ingest.DataPort;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What came back over HTTP. */
record HttpAnswer(int status, MultiMap headers, Buffer body) {

    static HttpAnswer post(HttpClient client, String path, byte[] body, String... headers) {
        return send(client, HttpMethod.POST, path, body, headers);
    }

    static HttpAnswer send(
            HttpClient client, HttpMethod method, String path, byte[] body, String... headers) {
        HttpClientRequest request = DataPort.await(client.request(method, path));
        for (int i = 0; i < headers.length; i += 2) {
            request.putHeader(headers[i], headers[i + 1]);
        }
        Future<HttpAnswer> answer = future(request);
        request.end(Buffer.buffer(body));
        return DataPort.await(answer);
    }

    /** The answer to a request that is sent after this. */
    static Future<HttpAnswer> future(HttpClientRequest request) {
        return request.response()
                .compose(
                        response ->
                                response.body()
                                        .map(
                                                body ->
                                                        new HttpAnswer(
                                                                response.statusCode(),
                                                                response.headers(),
                                                                body)));
    }

    @Nullable String header(String name) {
        return headers.get(name);
    }

    String text() {
        return body.toString();
    }

    JsonObject json() {
        return body.toJsonObject();
    }

    /** The error as {@code code: message}, with the offset behind it where there is one. */
    String error() {
        JsonObject error = json().getJsonObject("error");
        Integer offset = error.getInteger("offset");
        return error.getString("code")
                + ": "
                + error.getString("message")
                + (offset == null ? "" : " @" + offset);
    }
}
