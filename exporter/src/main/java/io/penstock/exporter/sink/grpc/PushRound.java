package io.penstock.exporter.sink.grpc;

import io.penstock.exporter.sink.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one delivery, some at once. After the first that is put off no further one is
 * sent.
 *
 * <p>Threading: confined to one event loop.
 */
final class PushRound {

    /** Requests under way for one delivery. */
    static final int MAX_UNDER_WAY = 16;

    private static final long AT_ONCE = 0;

    private final List<Piece> pieces;
    private final GrpcPush push;
    private final Promise<Outcome> promise = Promise.promise();
    private final BitSet staged = new BitSet();
    private Outcome.@Nullable Retry putOff;
    private Outcome.@Nullable Rejected refused;
    private @Nullable Throwable defect;
    private int next;
    private int underWay;
    private boolean sending;

    PushRound(List<Piece> pieces, GrpcPush push) {
        this.pieces = pieces;
        this.push = push;
    }

    Future<Outcome> start() {
        send();
        return promise.future();
    }

    private void send() {
        if (sending) {
            return;
        }
        sending = true;
        while (mayGoOn() && next < pieces.size() && underWay < MAX_UNDER_WAY) {
            Piece piece = pieces.get(next++);
            underWay++;
            push.send(piece.message())
                    .onComplete((outcome, cause) -> answered(piece, outcome, cause));
        }
        sending = false;
        if (underWay == 0) {
            finish();
        }
    }

    private boolean mayGoOn() {
        return putOff == null && defect == null;
    }

    private void answered(Piece piece, @Nullable Outcome outcome, @Nullable Throwable cause) {
        underWay--;
        if (outcome == null) {
            defect = cause == null ? new IllegalStateException("no outcome") : cause;
        } else if (outcome instanceof Outcome.Delivered) {
            staged.set(piece.from(), piece.from() + piece.records());
        } else if (outcome instanceof Outcome.Retry retry) {
            boolean later = putOff == null || retry.afterMs() > putOff.afterMs();
            putOff = later ? retry : putOff;
        } else if (outcome instanceof Outcome.Rejected rejected) {
            refused = refused == null ? rejected : refused;
        }
        send();
    }

    private void finish() {
        if (defect != null) {
            promise.tryFail(defect);
        } else if (putOff == null && refused == null) {
            promise.tryComplete(Outcome.DELIVERED);
        } else if (staged.isEmpty()) {
            promise.tryComplete(putOff != null ? putOff : refused);
        } else {
            promise.tryComplete(others());
        }
    }

    /**
     * Some pieces are staged: the others alone come again. A refused piece comes again too, until
     * it is with refused ones only and can be halved without touching what is staged.
     */
    private Outcome others() {
        Piece last = pieces.get(pieces.size() - 1);
        BitSet again = new BitSet();
        again.set(0, last.from() + last.records());
        again.andNot(staged);
        Outcome.Retry first = putOff;
        if (first != null) {
            return new Outcome.PerRecord(
                    again, new BitSet(), first.afterMs(), first.why(), first.cause());
        }
        String why = refused == null ? "" : refused.why();
        return new Outcome.PerRecord(again, new BitSet(), AT_ONCE, why);
    }
}
