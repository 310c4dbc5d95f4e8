package io.penstock.exporter.sink.influxdb;

import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.web.Dialect;
import io.penstock.exporter.sink.web.StatusRules;
import io.penstock.exporter.sink.web.WebAnswer;
import io.penstock.exporter.sink.web.WebClient;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.RequestOptions;
import java.util.BitSet;

/**
 * Points to {@code /write}, and what a refusal says about single points; see the package's page.
 *
 * <p>Threading: confined to one event loop.
 */
final class InfluxdbDialect implements Dialect {

    private static final int BAD_REQUEST = 400;
    private static final int UNPROCESSABLE = 422;
    private static final long AT_ONCE = 0;
    private static final String FIELDLESS = "no field that line protocol can carry";

    private final WebClient client;
    private final RequestOptions request;
    private final StatusRules rules;
    private final LineWriter lines;
    private final LineMapping mapping;

    InfluxdbDialect(
            WebClient client,
            RequestOptions request,
            StatusRules rules,
            LineWriter lines,
            LineMapping mapping) {
        this.client = client;
        this.request = request;
        this.rules = rules;
        this.lines = lines;
        this.mapping = mapping;
    }

    @Override
    public Future<Outcome> send(Delivery delivery, Buffer body) {
        BitSet fieldless = lines.fieldless();
        if (fieldless.cardinality() == delivery.records()) {
            return Future.succeededFuture(refused(fieldless, FIELDLESS));
        }
        return client.send(
                request,
                body,
                WebClient.SHORT_ANSWER_BYTES,
                answer -> outcome(answer, delivery, fieldless));
    }

    private Outcome outcome(WebAnswer answer, Delivery delivery, BitSet fieldless) {
        Outcome whole = rules.outcome(answer);
        if (whole == Outcome.DELIVERED) {
            return fieldless.isEmpty() ? whole : refused(fieldless, FIELDLESS);
        }
        boolean ofPoints = answer.status() == BAD_REQUEST || answer.status() == UNPROCESSABLE;
        if (!ofPoints || !answer.whole()) {
            return whole;
        }
        PartialWrite partial = PartialWrite.of(answer.body());
        if (partial.dropped() == delivery.records() - fieldless.cardinality()) {
            BitSet all = new BitSet();
            all.set(0, delivery.records());
            return refused(all, answer.reason());
        }
        BitSet named = partial.dropped() == 0 ? named(partial, delivery) : new BitSet();
        if (named.isEmpty()) {
            // Named neither by line nor by count: whole is Rejected, and fan-out halves it.
            return whole;
        }
        named.or(fieldless);
        BitSet again = new BitSet();
        if (!partial.othersWritten()) {
            again.set(0, delivery.records());
            again.andNot(named);
        }
        return new Outcome.PerRecord(again, named, AT_ONCE, answer.reason());
    }

    /** The records whose lines the answer names; empty unless every line was found. */
    private BitSet named(PartialWrite partial, Delivery delivery) {
        LineSearch search = new LineSearch(new WriteBuffer(1024), mapping, partial.lines());
        if (!partial.lines().isEmpty()) {
            delivery.read(search);
        }
        boolean complete = search.found().cardinality() >= partial.lines().size();
        return complete ? search.found() : new BitSet();
    }

    private static Outcome refused(BitSet records, String why) {
        return new Outcome.PerRecord(new BitSet(), records, Outcome.Retry.BACK_OFF, why);
    }
}
