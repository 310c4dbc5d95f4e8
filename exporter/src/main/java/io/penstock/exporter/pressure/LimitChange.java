package io.penstock.exporter.pressure;

/**
 * One move of one limit.
 *
 * <p>Threading: immutable.
 *
 * @param what which limit
 * @param from value before
 * @param to value after
 * @param signal what moved it
 * @param detail the numbers behind it, for people
 */
public record LimitChange(What what, long from, long to, Signal signal, String detail) {

    /** Which limit. */
    public enum What {
        /** Deliveries in flight. */
        CONCURRENCY,
        /** Bytes of a delivery. */
        BATCH_BYTES
    }

    /** Hears of changes, on the export's context. */
    @FunctionalInterface
    public interface Listener {
        /** A limit moved. */
        void changed(LimitChange change);
    }

    @Override
    public String toString() {
        String name = what == What.CONCURRENCY ? "concurrency" : "batch bytes";
        return name + " " + from + " -> " + to + " (" + signal.word() + ": " + detail + ")";
    }
}
