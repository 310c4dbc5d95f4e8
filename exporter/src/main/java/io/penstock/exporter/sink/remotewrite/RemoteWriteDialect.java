package io.penstock.exporter.sink.remotewrite;

import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.web.Dialect;
import io.penstock.exporter.sink.web.StatusRules;
import io.penstock.exporter.sink.web.WebClient;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.RequestOptions;
import java.util.BitSet;

/** One write request per delivery. Threading: confined to one event loop. */
final class RemoteWriteDialect implements Dialect {

    private final WebClient client;
    private final RequestOptions request;
    private final StatusRules rules;
    private final SeriesWriter series;

    RemoteWriteDialect(
            WebClient client, RequestOptions request, StatusRules rules, SeriesWriter series) {
        this.client = client;
        this.request = request;
        this.rules = rules;
        this.series = series;
    }

    @Override
    public Future<Outcome> send(Delivery delivery, Buffer body) {
        BitSet valueless = series.valueless();
        if (valueless.cardinality() == delivery.records()) {
            return Future.succeededFuture(delivered(valueless));
        }
        return client.send(
                request,
                body,
                WebClient.SHORT_ANSWER_BYTES,
                answer -> {
                    Outcome whole = rules.outcome(answer);
                    return whole == Outcome.DELIVERED ? delivered(valueless) : whole;
                });
    }

    private static Outcome delivered(BitSet valueless) {
        return valueless.isEmpty()
                ? Outcome.DELIVERED
                : new Outcome.PerRecord(
                        new BitSet(), valueless, Outcome.Retry.BACK_OFF, "no numeric field");
    }
}
