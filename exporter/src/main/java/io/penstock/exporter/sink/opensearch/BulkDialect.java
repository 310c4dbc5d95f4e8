package io.penstock.exporter.sink.opensearch;

import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.web.Dialect;
import io.penstock.exporter.sink.web.StatusRules;
import io.penstock.exporter.sink.web.WebClient;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.RequestOptions;

/** One bulk request per delivery. Threading: confined to one event loop. */
final class BulkDialect implements Dialect {

    /** Room for the answer's item of a record that failed, reason included. */
    static final int ITEM_BYTES = 2048;

    private static final int MAX_ANSWER_BYTES = 16 << 20;

    private final WebClient client;
    private final RequestOptions request;
    private final StatusRules rules;

    BulkDialect(WebClient client, RequestOptions request, StatusRules rules) {
        this.client = client;
        this.request = request;
        this.rules = rules;
    }

    @Override
    public Future<Outcome> send(Delivery delivery, Buffer body) {
        int records = delivery.records();
        long answerBytes = WebClient.SHORT_ANSWER_BYTES + (long) records * ITEM_BYTES;
        return client.send(
                request,
                body,
                (int) Math.min(MAX_ANSWER_BYTES, answerBytes),
                answer -> BulkAnswer.outcome(answer, records, rules));
    }
}
