package io.penstock.perf.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Two writers append large entries at once, so that nearly every pair goes over the end of a
 * segment: the rest of it is padded by one of them, and both go on in the next.
 */
@JCStressTest
@Outcome(
        id = {"ab", "ba"},
        expect = Expect.ACCEPTABLE,
        desc = "Both stand in the ring, be it in two segments.")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc =
                "Lost turnover: an entry was acknowledged into a segment that readers have left, or written over another.")
@State
public class TurnoverStress {
    private static final int BYTES = 25_000;
    private static final Entry A = Entry.large('a', BYTES);
    private static final Entry B = Entry.large('b', BYTES);

    private final LentRing lent = LentRing.lend();

    /** One writer. */
    @Actor
    public void left() {
        LentRing.append(lent.left, A);
    }

    /** The other writer. */
    @Actor
    public void right() {
        LentRing.append(lent.right, B);
    }

    /** What is there. */
    @Arbiter
    public void look(L_Result result) {
        result.r1 = lent.drain();
        lent.giveBack();
    }
}
