package io.penstock.perf.stress;

import io.penstock.exporter.ring.Take;
import java.util.Objects;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two takes are committed, the later one first, while somebody reads the position: it never goes
 * back and never stands in the gap.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Both looks came before the commits.")
@Outcome(id = "0, 2", expect = Expect.ACCEPTABLE, desc = "The looks came before and after.")
@Outcome(
        id = "2, 2",
        expect = Expect.ACCEPTABLE,
        desc = "Both looks came after: the settled prefix is both takes.")
@Outcome(
        id = {"0, 1", "1, 1", "1, 2"},
        expect = Expect.FORBIDDEN,
        desc =
                "Gap: the position stands behind a take while the prefix reaches further, so recovery would skip or repeat the other.")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc =
                "Lost ground: the position went back; a segment still needed may have been recycled.")
@State
public class CommitPositionStress {
    private final LentRing lent = LentRing.lend();
    private final Take first;
    private final Take second;
    private final long start;

    /** Appends two entries and takes each by itself. */
    public CommitPositionStress() {
        LentRing.append(lent.left, Entry.small('a'));
        LentRing.append(lent.left, Entry.small('b'));
        first = takeOne();
        second = takeOne();
        start = lent.cursor.position();
    }

    /** The export. */
    @Actor
    public void commit() {
        lent.cursor.commit(second, 1, 0, 0);
        lent.cursor.commit(first, 1, 0, 0);
    }

    /** Whoever reclaims space. */
    @Actor
    public void look(II_Result result) {
        result.r1 = place(lent.cursor.position());
        result.r2 = place(lent.cursor.position());
    }

    /** The ring is empty again. */
    @Arbiter
    public void end() {
        lent.drain();
        lent.giveBack();
    }

    private Take takeOne() {
        return Objects.requireNonNull(lent.cursor.take(1, Long.MAX_VALUE));
    }

    private int place(long position) {
        if (position == start) {
            return 0;
        }
        return position == first.end() ? 1 : position == second.end() ? 2 : 3;
    }
}
