package io.penstock.gateway.grpc;

import io.penstock.gateway.guard.ConnectionWatch;
import io.penstock.gateway.ingest.Lane;
import io.penstock.gateway.ingest.OpenCall;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * A call of a service beside the hot path: its deadline, a client that asks nothing, and its end.
 * Threading: confined to the event loop of its lane.
 *
 * @param <Q> what is asked
 * @param <A> what is answered
 */
abstract class ControlCall<Q, A> extends OpenCall {
    private static final long NO_DEADLINE = Long.MAX_VALUE;

    final Lane lane;
    private final GrpcServerRequest<Q, A> call;
    private final @Nullable ConnectionWatch watch;
    private long deadlineMs = NO_DEADLINE;
    private long waitsSinceMs;
    private boolean asked;
    private boolean over;

    ControlCall(Lane lane, GrpcServerRequest<Q, A> call) {
        this.lane = lane;
        this.call = call;
        this.watch = ConnectionWatch.of(call.connection());
    }

    /** Starts reading. */
    final void begin() {
        waitsSinceMs = lane.nowMs();
        long timeoutMs = Timeout.parse(call.headers().get("grpc-timeout"));
        if (timeoutMs == Timeout.BAD) {
            call.response().status(GrpcStatus.INTERNAL);
            call.response().statusMessage("grpc-timeout is no time-out").end();
            return;
        }
        if (timeoutMs >= 0) {
            deadlineMs = waitsSinceMs + timeoutMs;
        }
        lane.begin(this);
        call.errorHandler(gone -> forget());
        call.exceptionHandler(gone -> forget());
        call.handler(this::hear);
        call.endHandler(ended -> heardAll());
    }

    private void hear(Q message) {
        if (!over) {
            asked = true;
            waitsSinceMs = lane.nowMs();
            asked(message);
        }
    }

    private void heardAll() {
        if (!over && !asked) {
            end(GrpcStatus.INTERNAL, "the call takes a request, none came");
        } else if (!over) {
            askedAll();
        }
    }

    /** A request. */
    abstract void asked(Q message);

    /** No request comes any more. */
    abstract void askedAll();

    /** Whether the client is to ask something; if not, the call may rest. */
    abstract boolean waitsForRequest();

    /** Looks whether there is something to say unasked. */
    abstract void look(long nowMs);

    final void answer(A message) {
        if (!over) {
            call.response().write(message);
        }
    }

    final void end(GrpcStatus status, @Nullable String message) {
        if (over) {
            return;
        }
        forget();
        call.response().status(status);
        if (message != null) {
            call.response().statusMessage(message);
        }
        call.response().end();
    }

    /** The call is over, one way or another; comes once. */
    void ended() {
        // most have nothing to give back
    }

    private void forget() {
        if (!over) {
            over = true;
            lane.end(this);
            ended();
        }
    }

    @Override
    protected final void tick(long nowMs) {
        if (nowMs > deadlineMs) {
            end(GrpcStatus.DEADLINE_EXCEEDED, "the call's grpc-timeout has passed");
        } else if (waitsForRequest()
                && nowMs - waitsSinceMs > lane.node().config().bodyTimeoutMs()) {
            end(GrpcStatus.DEADLINE_EXCEEDED, "no request came");
        } else if (watch != null && watch.retired()) {
            end(GrpcStatus.UNAVAILABLE, "the connection is old: go on with another");
        } else {
            look(nowMs);
        }
    }
}
