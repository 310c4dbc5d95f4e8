package io.penstock.exporter.relay;

import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.vertx.core.Future;

/**
 * A sink as it is asked: whatever a sink of somebody else does, there is an outcome.
 *
 * <p>Threading: the sink's context.
 */
public final class SinkCall {
    /** It did not answer in time. */
    public static final Outcome TIMED_OUT =
            new Outcome.Retry(
                    Outcome.Retry.BACK_OFF, "no answer within timeout_ms", Outcome.Cause.SLOW);

    private SinkCall() {}

    /** What the sink answers; a sink that throws, or answers null, has failed. */
    @SuppressWarnings("ConstantValue") // a sink of somebody else may well answer null
    public static Future<Outcome> deliver(Sink sink, Delivery delivery) {
        try {
            Future<Outcome> answer = sink.deliver(delivery);
            return answer == null
                    ? Future.failedFuture(new IllegalStateException("the sink answered null"))
                    : answer;
        } catch (Exception | LinkageError | StackOverflowError e) {
            return Future.failedFuture(e);
        }
    }

    /** The outcome that a complete answer is. */
    public static Outcome outcome(Future<Outcome> answer) {
        if (answer.succeeded()) {
            return answer.result();
        }
        Throwable cause = answer.cause();
        return cause instanceof MalformedBatchException
                ? new Outcome.Rejected("malformed batch: " + cause.getMessage())
                : new Outcome.Retry(Outcome.Retry.BACK_OFF, "the sink failed: " + cause);
    }
}
