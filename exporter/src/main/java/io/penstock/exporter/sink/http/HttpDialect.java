package io.penstock.exporter.sink.http;

import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.web.Dialect;
import io.penstock.exporter.sink.web.StatusRules;
import io.penstock.exporter.sink.web.TraceHeaders;
import io.penstock.exporter.sink.web.WebClient;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.RequestOptions;

/** One request per delivery, named by its id. Threading: confined to one event loop. */
final class HttpDialect implements Dialect {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final WebClient client;
    private final RequestOptions request;
    private final StatusRules rules;

    HttpDialect(WebClient client, RequestOptions request, StatusRules rules) {
        this.client = client;
        this.request = request;
        this.rules = rules;
    }

    @Override
    public Future<Outcome> send(Delivery delivery, Buffer body) {
        RequestOptions named =
                new RequestOptions(request).putHeader(IDEMPOTENCY_KEY, delivery.id().toString());
        return client.send(
                TraceHeaders.add(named, delivery),
                body,
                WebClient.SHORT_ANSWER_BYTES,
                rules::outcome);
    }
}
