package io.penstock.exporter.fanout;

import io.penstock.exporter.transform.Verdicts;
import io.penstock.model.DeliveryId;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive records of a run that are delivered together. Slices of one run never overlap.
 *
 * <p>Threading: confined to the export's context.
 */
final class Slice implements Comparable<Slice> {
    private static final Comparator<Slice> IN_ORDER =
            Comparator.comparingLong((Slice s) -> s.run.first()).thenComparingInt(s -> s.from);

    private final OpenRun run;
    private final int from;
    private final int to;
    private int tries;
    private @Nullable Verdicts verdicts;
    private boolean judged;

    Slice(OpenRun run, int from, int to) {
        this.run = run;
        this.from = from;
        this.to = to;
    }

    OpenRun run() {
        return run;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    int records() {
        return to - from;
    }

    /** Share of the run's bytes; exact for a whole run. */
    long bytes() {
        return run.take().bodyBytes() * records() / run.records();
    }

    boolean isJudged() {
        return judged;
    }

    /**
     * Notes what the transforms make of its records.
     *
     * @param found null when all of them pass
     */
    void judged(@Nullable Verdicts found) {
        verdicts = found;
        judged = true;
    }

    /** What the transforms make of its records, or null when all of them pass. */
    @Nullable Verdicts verdicts() {
        return verdicts;
    }

    /** Records that the sink sees. */
    int passing() {
        return verdicts == null ? records() : verdicts.passing();
    }

    int attempt() {
        return run.take().attempt() + tries;
    }

    void tried() {
        tries++;
    }

    /** One of its records alone. */
    Slice single(int record) {
        return new Slice(run, from + record, from + record + 1);
    }

    /** The first half when a target rejected the whole; the same cut every time. */
    Slice firstHalf() {
        return new Slice(run, from, middle());
    }

    Slice secondHalf() {
        return new Slice(run, middle(), to);
    }

    /** Some of the records, counted from the slice's first. */
    Slice part(int first, int end) {
        return new Slice(run, from + first, from + end);
    }

    /** Notes that all of it is settled, but for what is set apart after this. */
    void markSettled() {
        run.progress().settle(from, to);
    }

    /** Notes that it is offered by itself. */
    void markApart() {
        run.progress().apart(from, to);
    }

    private int middle() {
        return from + (to - from) / 2;
    }

    DeliveryId id(ExportParts parts) {
        return parts.deliveryId(run.take(), from, to);
    }

    @Override
    public int compareTo(Slice other) {
        return IN_ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
