package io.penstock.exporter.fanout;

import io.penstock.exporter.pressure.Pressure;
import io.penstock.exporter.relay.SinkCall;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Lends deliveries to the sink and takes them back: with an outcome, or after the time-out. What an
 * outcome says about the target goes to the meter and to the limits; what it says about the records
 * is for whoever sent the delivery.
 *
 * <p>Threading: confined to the export's context.
 */
final class Courier {
    private final ExportParts parts;
    private final Context context;
    private final Vertx vertx;
    private final Sink sink;
    private final ExportMeter meter;
    private final Pressure pressure;
    private final Set<Attempt> flying = new LinkedHashSet<>();
    private Landing landing = (settle, outcome) -> settle.accept(outcome);

    /** Hears of each delivery that comes back. */
    @FunctionalInterface
    interface Landing {
        /**
         * A delivery has come back.
         *
         * @param settle what its sender wants done with the outcome; to be called once
         */
        void landed(Consumer<Outcome> settle, Outcome outcome);
    }

    /** One delivery in the sink's hands. */
    private static final class Attempt {
        private final LentDelivery delivery;
        private final Consumer<Outcome> settle;
        private final Pressure.Start start;
        private long timer = -1;

        Attempt(LentDelivery delivery, Consumer<Outcome> settle, Pressure.Start start) {
            this.delivery = delivery;
            this.settle = settle;
            this.start = start;
        }
    }

    Courier(ExportParts parts, Context context, Sink sink, ExportMeter meter, Pressure pressure) {
        this.parts = parts;
        this.context = context;
        this.vertx = context.owner();
        this.sink = sink;
        this.meter = meter;
        this.pressure = pressure;
    }

    void onLanding(Landing listener) {
        landing = listener;
    }

    int inFlight() {
        return flying.size();
    }

    /** Lends a delivery; it may come back before this returns. */
    void send(LentDelivery delivery, Consumer<Outcome> settle) {
        Pressure.Start start =
                pressure.started(parts.nowNs(), delivery.records(), delivery.bytes());
        Attempt attempt = new Attempt(delivery, settle, start);
        flying.add(attempt);
        parts.share().started();
        meter.inFlight(flying.size());
        meter.attempted();
        Future<Outcome> answer = SinkCall.deliver(sink, delivery);
        if (answer.isComplete()) {
            landed(attempt, outcome(attempt, answer));
            return;
        }
        attempt.timer =
                vertx.setTimer(parts.spec().timeoutMs(), id -> landed(attempt, SinkCall.TIMED_OUT));
        answer.onComplete(done -> onContext(() -> landed(attempt, outcome(attempt, answer))));
    }

    private static Outcome outcome(Attempt attempt, Future<Outcome> answer) {
        Outcome outcome = SinkCall.outcome(answer);
        return outcome instanceof Outcome.PerRecord answers
                ? checked(answers, attempt.delivery.records())
                : outcome;
    }

    /** Numbers of records that are not there are a defect of the sink: all is offered again. */
    private static Outcome checked(Outcome.PerRecord answers, int records) {
        boolean sound =
                answers.again().length() <= records
                        && answers.refused().length() <= records
                        && !answers.again().intersects(answers.refused());
        return sound
                ? answers
                : new Outcome.Retry(
                        Outcome.Retry.BACK_OFF,
                        "the sink failed: it answered for records that it was not given, or twice"
                                + " for one");
    }

    private void onContext(Runnable task) {
        if (Vertx.currentContext() == context) {
            task.run();
        } else {
            context.runOnContext(v -> task.run());
        }
    }

    private void landed(Attempt attempt, Outcome outcome) {
        int inFlight = flying.size();
        if (!flying.remove(attempt)) {
            // An answer after the time-out; the delivery has been or will be offered again.
            return;
        }
        parts.share().ended(1);
        meter.inFlight(flying.size());
        attempt.delivery.revoke();
        if (attempt.timer >= 0) {
            vertx.cancelTimer(attempt.timer);
        }
        landing.landed(
                then -> {
                    note(attempt, then, inFlight);
                    attempt.settle.accept(then);
                },
                outcome);
    }

    /** What an outcome says about the target, whatever was delivered. */
    private void note(Attempt attempt, Outcome outcome, int inFlight) {
        long bytes = attempt.delivery.bytes();
        if (outcome instanceof Outcome.Retry retry) {
            failed(attempt, false, retry);
        } else if (outcome instanceof Outcome.PerRecord answers) {
            noteEach(attempt, answers, inFlight);
        } else if (outcome instanceof Outcome.Rejected rejected) {
            meter.error(rejected.why());
            pressure.rejected(attempt.start, parts.nowNs());
            meter.recovered();
        } else {
            meter.delivered(bytes);
            pressure.answered(attempt.start, parts.nowNs(), bytes, inFlight);
            meter.recovered();
        }
    }

    /** Records put off one by one press on the limits like a delivery that was put off. */
    private void noteEach(Attempt attempt, Outcome.PerRecord answers, int inFlight) {
        int records = attempt.delivery.records();
        int again = answers.again().cardinality();
        int delivered = records - again - answers.refused().cardinality();
        long bytes = attempt.delivery.bytes() * delivered / records;
        meter.deliveredPart(bytes, again == 0);
        if (again > 0) {
            failed(
                    attempt,
                    again < records,
                    new Outcome.Retry(answers.afterMs(), answers.why(), answers.cause()));
            return;
        }
        if (!answers.refused().isEmpty()) {
            meter.error(answers.why());
        }
        pressure.answered(attempt.start, parts.nowNs(), bytes, inFlight);
        meter.recovered();
    }

    private void failed(Attempt attempt, boolean partly, Outcome.Retry retry) {
        meter.failed(retry.why());
        pressure.refused(attempt.start, parts.nowNs(), partly, retry);
        meter.activity(ExportState.BACKING_OFF);
    }

    /** Takes back whatever is still with the sink; its answers will not be heard. */
    void takeBack() {
        flying.forEach(attempt -> attempt.delivery.revoke());
        parts.share().ended(flying.size());
        flying.clear();
        meter.inFlight(0);
    }
}
