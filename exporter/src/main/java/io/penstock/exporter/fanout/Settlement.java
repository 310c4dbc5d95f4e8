package io.penstock.exporter.fanout;

import io.penstock.exporter.deadletter.DeadLetter;
import io.penstock.exporter.pressure.BatchLimits;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.transform.Verdicts;
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
     * Cuts a fresh run into deliveries: by the configuration and not by the limits of the moment,
     * so that it is cut the same way after a restart.
     */
    void cut(OpenRun run) {
        int each = parts.spec().batch().recordsPerSlice(run.records(), run.take().bodyBytes());
        for (int from = 0; from < run.records(); from += each) {
            ready.add(new Slice(run, from, Math.min(run.records(), from + each)));
        }
    }

    /** The first slice that waits, or null. */
    @Nullable Slice next() {
        return ready.pollFirst();
    }

    /** Takes back a slice with what the target said. */
    void settle(Slice slice, Outcome outcome) {
        if (outcome instanceof Outcome.Delivered) {
            delivered(slice, slice.passing(), new BitSet(), "");
        } else if (outcome instanceof Outcome.Rejected rejected) {
            rejected(slice, rejected.why());
        } else if (outcome instanceof Outcome.PerRecord answers) {
            oneByOne(slice, answers);
        } else {
            again(slice);
        }
    }

    private void rejected(Slice slice, String why) {
        if (slice.records() == 1) {
            deadLettered(slice, letterWriter.write(slice, why));
        } else {
            ready.add(slice.firstHalf());
            ready.add(slice.secondHalf());
        }
    }

    /** The slices to come first: as long as they wait, the run is not settled. */
    private void oneByOne(Slice slice, Outcome.PerRecord answers) {
        BitSet again = staged(slice, answers.again());
        for (int from = again.nextSetBit(0); from >= 0; ) {
            int to = again.nextClearBit(from);
            again(slice.part(from, to));
            from = again.nextSetBit(to);
        }
        BitSet refused = staged(slice, answers.refused());
        int kept = slice.passing() - refused.cardinality() - again.cardinality();
        delivered(slice, kept, refused, answers.why());
    }

    /** Numbers of records as they are staged, for those that the sink saw. */
    private static BitSet staged(Slice slice, BitSet seen) {
        Verdicts verdicts = slice.verdicts();
        return verdicts == null ? seen : verdicts.staged(seen);
    }

    /** Settles what the target took and refused, and what the transforms kept from it. */
    private void delivered(Slice slice, int records, BitSet refused, String why) {
        Verdicts verdicts = slice.verdicts();
        List<DeadLetter> letters = letterWriter.faulty(slice);
        int dead = letters.size() + refused.cardinality();
        if (!refused.isEmpty()) {
            letters.addAll(letterWriter.writeEach(slice, refused, why));
        }
        int dropped = verdicts == null ? 0 : verdicts.dropped();
        if (records + dropped + dead > 0) {
            runs.settled(slice.run(), records, dropped, dead, letters);
        }
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
            surrender(new Slice(run, 0, run.records()));
        }
    }

    private void surrender(Slice slice) {
        if (parts.spec().whenFull() == WhenFull.DROP_OLDEST) {
            runs.dropped(slice.run(), slice.records());
        } else {
            deadLettered(slice, letterWriter.write(slice, "the ring's disk budget is spent"));
        }
    }

    private void deadLettered(Slice slice, List<DeadLetter> letters) {
        runs.deadLettered(slice.run(), slice.records(), letters);
    }
}
