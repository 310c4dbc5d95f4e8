package io.penstock.exporter.sink.web;

import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.SinkContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.function.Function;

/**
 * Requests to one server.
 *
 * <p>Threading: confined to the sink's event loop.
 */
public final class WebClient {

    /** An answer of which only the status and a reason are of interest is read no further. */
    public static final int SHORT_ANSWER_BYTES = 65536;

    private final Vertx vertx;
    private final WebTarget target;
    private final HttpClient client;

    /**
     * A client; it connects with the first request.
     *
     * @throws IllegalArgumentException when the certificates cannot be read
     */
    public WebClient(WebTarget target, SinkContext context) {
        this.vertx = context.vertx();
        this.target = target;
        this.client =
                vertx.httpClientBuilder()
                        .with(target.options())
                        .with(target.pool())
                        .withConnectHandler(
                                connection ->
                                        connection.exceptionHandler(
                                                fault -> {
                                                    // every exchange on it fails, and says so
                                                }))
                        .build();
    }

    /**
     * A request with the target's headers, which win over ours.
     *
     * @param url absolute
     * @param contentEncoding empty for none
     */
    public RequestOptions request(
            String method, String url, String contentType, String contentEncoding) {
        RequestOptions request =
                new RequestOptions()
                        .setMethod(HttpMethod.valueOf(method))
                        .setAbsoluteURI(url)
                        .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                        .putHeader(HttpHeaders.USER_AGENT, "penstock");
        if (!contentEncoding.isEmpty()) {
            request.putHeader(HttpHeaders.CONTENT_ENCODING, contentEncoding);
        }
        target.headers().forEach((name, value) -> request.getHeaders().set(name, value));
        return request;
    }

    /**
     * Sends a request and has its answer judged. What is no answer (nobody listens, a reset, half
     * an answer, no HTTP, silence) is a {@link Outcome.Retry}; the future fails only when the judge
     * does.
     *
     * @param maxAnswerBytes an answer is cut off there
     */
    public Future<Outcome> send(
            RequestOptions request,
            Buffer body,
            int maxAnswerBytes,
            Function<WebAnswer, Outcome> judge) {
        return new Exchange(vertx, maxAnswerBytes, judge)
                .send(client, request, body, target.timeoutMs());
    }

    /** Closes the connections; open requests end as {@link Outcome.Retry}. */
    public Future<Void> close() {
        return client.close();
    }
}
