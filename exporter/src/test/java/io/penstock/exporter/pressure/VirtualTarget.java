package io.penstock.exporter.pressure;

import io.penstock.exporter.sink.Outcome;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A target in virtual time: how long it takes for a delivery, and what it says in the end. */
interface VirtualTarget {

    /** What comes back, and after how long. */
    record Answer(long tookNs, Outcome outcome) {}

    /**
     * A delivery begins.
     *
     * @param inFlight deliveries in flight, this one included
     */
    Answer offer(long nowNs, int inFlight, long bytes);

    /** How long one delivery takes by itself. */
    interface Service {
        long ns(SplittableRandom random);
    }

    /** Always the same. */
    static Service exactly(double ms) {
        return random -> (long) (ms * 1e6);
    }

    /** A fifth more or less. */
    static Service about(double ms) {
        return random -> (long) (ms * 1e6 * (0.8 + 0.4 * random.nextDouble()));
    }

    /** Mostly short, sometimes long: exponential around a mean, above a floor of a third. */
    static Service scattered(double ms) {
        return random -> (long) (ms * 1e6 * (1 - 2 * Math.log(1 - random.nextDouble())) / 3);
    }

    /** So many workers and a queue before them: beyond the workers only the wait grows. */
    static VirtualTarget queueing(int workers, Service service, SplittableRandom random) {
        long[] freeAtNs = new long[workers];
        return (nowNs, inFlight, bytes) -> {
            Arrays.sort(freeAtNs);
            long startNs = Math.max(nowNs, freeAtNs[0]);
            freeAtNs[0] = startNs + service.ns(random);
            return new Answer(freeAtNs[0] - nowNs, Outcome.DELIVERED);
        };
    }

    /** Beyond its capacity each further delivery slows all of them down. */
    static VirtualTarget thrashing(
            int capacity, double costOfOneMore, Service service, SplittableRandom random) {
        return (nowNs, inFlight, bytes) -> {
            double load = Math.max(1, (double) inFlight / capacity);
            double loss = 1 + costOfOneMore * Math.max(0, inFlight - capacity);
            return new Answer((long) (service.ns(random) * load * loss), Outcome.DELIVERED);
        };
    }

    /** Beyond its capacity it refuses, at once. */
    static VirtualTarget refusing(
            int capacity, long retryAfterMs, Service service, SplittableRandom random) {
        return (nowNs, inFlight, bytes) -> {
            long tookNs = service.ns(random);
            return inFlight > capacity
                    ? new Answer(
                            tookNs / 10,
                            new Outcome.Retry(retryAfterMs, "HTTP 429", Outcome.Cause.BUSY))
                    : new Answer(tookNs, Outcome.DELIVERED);
        };
    }

    /**
     * A target that answers all at once, behind work of our own that goes one by one and is slow
     * until the process is warm: 20 times at first, and half of what is too much after every
     * second.
     */
    static VirtualTarget warmingUp(double workMs, double answerMs) {
        long[] freeAtNs = {0};
        return (nowNs, inFlight, bytes) -> {
            double cold = 1 + 19 * Math.pow(0.5, nowNs / 1e9);
            freeAtNs[0] = Math.max(nowNs, freeAtNs[0]) + (long) (workMs * cold * 1e6);
            return new Answer(freeAtNs[0] - nowNs + (long) (answerMs * 1e6), Outcome.DELIVERED);
        };
    }
}
