package io.penstock.exporter.fanout;

import io.penstock.exporter.deadletter.DeadLetter;
import io.penstock.exporter.pressure.BatchLimits;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.transform.Verdicts;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of records after an outcome: settled, cut in pieces, or kept to be offered again. A
 * slice stands here from the moment it is cut until it is lent, and again when it comes back.
 *
 * <p>Slices of a run are cut by the configuration, by halving, or by a target's answer record by
 * record; each is named by its run and its record numbers alone.
 *
 * <p>Threading: confined to the export's context.
 */
final class Settlement {
    private final ExportParts parts;
    private final OpenRuns runs;
    private final LetterWriter letterWriter;
    private final TreeSet<Slice> ready = new TreeSet<>();

    Settlement(ExportParts parts, OpenRuns runs, LetterWriter letterWriter) {
        this.parts = parts;
        this.runs = runs;
        this.letterWriter = letterWriter;
    }

    /**
     * Cuts a run into deliveries: by the configuration and not by the limits of the moment, so that
     * it is cut the same way after a restart; and what of it was apart before one stays so.
     */
    void cut(OpenRun run) {
        int each = parts.spec().batch().recordsPerSlice(run.records(), run.take().bodyBytes());
        for (Progress.Piece piece : run.progress().open()) {
            int from = piece.from();
            while (from < piece.to()) {
                int next = piece.uncut() ? from - from % each + each : piece.to();
                int to = Math.min(piece.to(), next);
                ready.add(new Slice(run, from, to));
                from = to;
            }
        }
    }

    /** The first slice that waits, or null. */
    @Nullable Slice next() {
        return ready.pollFirst();
    }

    /** Takes back a slice with what the target said. */
    void settle(Slice slice, Outcome outcome) {
        if (outcome instanceof Outcome.Delivered) {
            divided(slice, new BitSet(), new BitSet(), "");
        } else if (outcome instanceof Outcome.Rejected rejected) {
            rejected(slice, rejected.why());
        } else if (outcome instanceof Outcome.PerRecord answers) {
            divided(
                    slice,
                    staged(slice, answers.again()),
                    staged(slice, answers.refused()),
                    answers.why());
        } else {
            again(slice);
        }
    }

    private void rejected(Slice slice, String why) {
        if (slice.records() == 1) {
            deadLettered(slice, letterWriter.write(slice, why));
            return;
        }
        for (Slice half : new Slice[] {slice.firstHalf(), slice.secondHalf()}) {
            half.markApart();
            ready.add(half);
        }
        runs.note(slice.run());
    }

    /** Numbers of records as they are staged, for those that the sink saw. */
    private static BitSet staged(Slice slice, BitSet seen) {
        Verdicts verdicts = slice.verdicts();
        return verdicts == null ? seen : verdicts.staged(seen);
    }

    /**
     * Settles what the target took and refused, and what the transforms kept from it; the rest is
     * offered again by itself.
     *
     * @param again records to be offered again, counted from the slice's first as staged
     * @param refused records that become dead letters, likewise
     */
    private void divided(Slice slice, BitSet again, BitSet refused, String why) {
        if (again.cardinality() == slice.records()) {
            again(slice);
            return;
        }
        List<Slice> rest = pieces(slice, again);
        List<DeadLetter> letters = letterWriter.faulty(slice);
        int dead = letters.size() + refused.cardinality();
        if (!refused.isEmpty()) {
            letters.addAll(letterWriter.writeEach(slice, refused, why));
        }
        slice.markSettled();
        rest.forEach(Slice::markApart);
        letters.forEach(letter -> slice.run().progress().apart(letter));
        Verdicts verdicts = slice.verdicts();
        int dropped = verdicts == null ? 0 : verdicts.dropped();
        int delivered = slice.passing() - refused.cardinality() - again.cardinality();
        runs.settled(slice.run(), delivered, dropped, dead, letters);
        rest.forEach(this::again);
    }

    /** The stretches of a slice that are chosen. */
    private static List<Slice> pieces(Slice slice, BitSet chosen) {
        List<Slice> pieces = new ArrayList<>();
        for (int from = chosen.nextSetBit(0); from >= 0; ) {
            int to = chosen.nextClearBit(from);
            pieces.add(slice.part(from, to));
            from = chosen.nextSetBit(to);
        }
        return pieces;
    }

    private void again(Slice slice) {
        if (slice.run().isGivenUp()) {
            surrender(slice);
        } else {
            slice.tried();
            ready.add(slice);
        }
    }

    /**
     * The ring's budget is spent: gives up what lies below a position, as far as it is not with the
     * sink, without the sink.
     *
     * @param maxOpenRuns runs that may be open at once
     */
    void release(long releaseTo, int maxOpenRuns) {
        for (OpenRun run : runs.below(releaseTo)) {
            run.giveUp();
        }
        for (Slice slice : ready.toArray(Slice[]::new)) {
            if (slice.run().isGivenUp()) {
                ready.remove(slice);
                surrender(slice);
            }
        }
        BatchLimits limits = parts.spec().batch();
        while (runs.takenTo() < releaseTo && runs.size() < maxOpenRuns) {
            OpenRun run = runs.take(limits.maxRecords(), limits.maxBytes());
            if (run == null) {
                break;
            }
            run.giveUp();
            for (Progress.Piece piece : run.progress().open()) {
                surrender(new Slice(run, piece.from(), piece.to()));
            }
        }
    }

    private void surrender(Slice slice) {
        if (parts.spec().whenFull() == WhenFull.DROP_OLDEST) {
            slice.markSettled();
            runs.settled(slice.run(), 0, slice.records(), 0, List.of());
        } else {
            deadLettered(slice, letterWriter.write(slice, "the ring's disk budget is spent"));
        }
    }

    private void deadLettered(Slice slice, List<DeadLetter> letters) {
        letters.forEach(letter -> slice.run().progress().apart(letter));
        runs.settled(slice.run(), 0, 0, slice.records(), letters);
    }
}
