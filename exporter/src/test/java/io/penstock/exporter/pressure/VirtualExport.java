package io.penstock.exporter.pressure;

import io.penstock.exporter.sink.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** An export that always has a backlog, driven as fan-out drives one, in virtual time. */
final class VirtualExport {
    private static final int RECORDS = 100;

    private final Pressure pressure;
    private final long timeoutNs;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<LimitChange> changes = new ArrayList<>();
    private VirtualTarget target;
    private long nowNs;
    private long sequence;
    private int inFlight;
    private int mostInFlight;
    private long wakeAtNs = -1;
    private long deliveredBytes;
    private long deliveries;
    private long offers;

    /** Something that happens at a time. */
    private record Event(long atNs, long sequence, Runnable task) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNs, other.atNs);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    VirtualExport(
            Pressure.Bounds bounds,
            PressureConfig config,
            RateConfig rates,
            long timeoutMs,
            VirtualTarget target) {
        this.target = target;
        timeoutNs = timeoutMs * 1_000_000;
        pressure =
                new Pressure(
                        bounds,
                        config,
                        new Rate(rates, 0),
                        failures -> BackOff.SINK_FAILURE.delayMs(failures, 1),
                        changes::add);
    }

    Pressure pressure() {
        return pressure;
    }

    List<LimitChange> changes() {
        return changes;
    }

    long deliveredBytes() {
        return deliveredBytes;
    }

    long deliveries() {
        return deliveries;
    }

    long offers() {
        return offers;
    }

    int mostInFlight() {
        return mostInFlight;
    }

    double seconds() {
        return nowNs / 1e9;
    }

    /** From now on it is another target, or the same in another state. */
    void target(VirtualTarget other) {
        target = other;
    }

    void run(double seconds) {
        long endNs = nowNs + (long) (seconds * 1e9);
        pump();
        while (!events.isEmpty() && events.peek().atNs() <= endNs) {
            Event event = events.remove();
            nowNs = event.atNs();
            event.task().run();
            pump();
        }
        nowNs = endNs;
    }

    /** Bytes per second over so many seconds from now. */
    double throughput(double seconds) {
        long before = deliveredBytes;
        run(seconds);
        return (deliveredBytes - before) / seconds;
    }

    private void at(long atNs, Runnable task) {
        events.add(new Event(atNs, sequence++, task));
    }

    private void pump() {
        while (inFlight < pressure.window()) {
            long waitNs = pressure.waitNs(nowNs);
            if (waitNs > 0) {
                if (wakeAtNs <= nowNs || wakeAtNs > nowNs + waitNs) {
                    wakeAtNs = nowNs + waitNs;
                    at(wakeAtNs, () -> {});
                }
                return;
            }
            start();
        }
    }

    private void start() {
        long bytes = pressure.batchBytes();
        inFlight++;
        offers++;
        mostInFlight = Math.max(mostInFlight, inFlight);
        Pressure.Start start =
                pressure.started(nowNs, Math.min(RECORDS, pressure.batchRecords()), bytes);
        VirtualTarget.Answer answer = target.offer(nowNs, inFlight, bytes);
        if (answer.tookNs() > timeoutNs) {
            at(
                    nowNs + timeoutNs,
                    () ->
                            refused(
                                    start,
                                    new Outcome.Retry(
                                            Outcome.Retry.BACK_OFF,
                                            "no answer",
                                            Outcome.Cause.SLOW)));
        } else if (answer.outcome() instanceof Outcome.Retry retry) {
            at(nowNs + answer.tookNs(), () -> refused(start, retry));
        } else {
            at(nowNs + answer.tookNs(), () -> answered(start, bytes));
        }
    }

    private void answered(Pressure.Start start, long bytes) {
        pressure.answered(start, nowNs, bytes, inFlight);
        inFlight--;
        deliveries++;
        deliveredBytes += bytes;
    }

    private void refused(Pressure.Start start, Outcome.Retry retry) {
        pressure.refused(start, nowNs, false, retry);
        inFlight--;
    }
}
