package io.penstock.perf.stress;

import io.penstock.exporter.segment.EntryWalk;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A reader stands at the end of what is claimed of a segment, with another segment linked behind
 * it, while a writer claims, publishes and finishes all the rest: the reader must not go on without
 * it.
 */
@JCStressTest
@Outcome(
        id = "END, ENTRY",
        expect = Expect.ACCEPTABLE,
        desc = "The reader came first; the entry is there afterwards.")
@Outcome(id = "ENTRY, END", expect = Expect.ACCEPTABLE, desc = "The reader found the entry.")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "The reader left the segment without its last entry: lost.")
@State
public class LastClaimStress {
    private final LentSegment lent = LentSegment.lend();

    /** The writer. */
    @Actor
    public void fill() {
        lent.fill();
    }

    /** The reader. */
    @Actor
    public void walk(LL_Result result) {
        result.r1 = lent.walk.next(EntryWalk.Depth.HEADERS);
    }

    /** What the reader has left. */
    @Arbiter
    public void rest(LL_Result result) {
        result.r2 = lent.walk.next(EntryWalk.Depth.HEADERS);
        lent.giveBack();
    }
}
