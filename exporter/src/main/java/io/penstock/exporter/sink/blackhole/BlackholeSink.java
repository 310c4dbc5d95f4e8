package io.penstock.exporter.sink.blackhole;

import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.vertx.core.Future;

/** Takes everything. Threading: confined to its context. */
final class BlackholeSink implements Sink {

    private final boolean decode;
    private final ValueCount values = new ValueCount();
    private boolean closed;

    BlackholeSink(boolean decode) {
        this.decode = decode;
    }

    /** What was decoded so far. */
    ValueCount decoded() {
        return values;
    }

    @Override
    public Future<Outcome> deliver(Delivery delivery) {
        if (closed) {
            return Future.succeededFuture(new Outcome.Retry(Outcome.Retry.BACK_OFF, "closed"));
        }
        if (decode) {
            try {
                delivery.read(values);
            } catch (MalformedBatchException malformed) {
                return Future.succeededFuture(
                        new Outcome.Rejected(String.valueOf(malformed.getMessage())));
            }
        }
        return Future.succeededFuture(Outcome.DELIVERED);
    }

    @Override
    public Future<Void> close() {
        closed = true;
        return Future.succeededFuture();
    }
}
