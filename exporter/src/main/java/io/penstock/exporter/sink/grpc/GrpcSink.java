package io.penstock.exporter.sink.grpc;

import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pushes deliveries to another Penstock. Threading: confined to one event loop. */
final class GrpcSink implements Sink {

    private final PushPieces pieces;
    private final GrpcPush push;
    private @Nullable Future<Void> closing;

    GrpcSink(PushPieces pieces, GrpcPush push) {
        this.pieces = pieces;
        this.push = push;
    }

    @Override
    public Future<Outcome> deliver(Delivery delivery) {
        if (closing != null) {
            return Future.succeededFuture(Outcome.CLOSED);
        }
        List<Piece> requests;
        try {
            requests = pieces.of(delivery);
        } catch (MalformedBatchException malformed) {
            return Future.succeededFuture(
                    new Outcome.Rejected(String.valueOf(malformed.getMessage())));
        }
        return new PushRound(requests, push.of(delivery)).start();
    }

    @Override
    public Future<Void> close() {
        Future<Void> end = closing;
        if (end == null) {
            end = push.close();
            closing = end;
        }
        return end;
    }
}
