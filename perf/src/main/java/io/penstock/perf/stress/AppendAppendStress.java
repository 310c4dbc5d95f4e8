package io.penstock.perf.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Two writers append at once: both entries are there afterwards, whole, each once. */
@JCStressTest
@Outcome(
        id = {"ab", "ba"},
        expect = Expect.ACCEPTABLE,
        desc = "Both stand in the ring, in the order of their claims.")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc =
                "Lost append: an entry was acknowledged and is not there, or one overwrote the other.")
@State
public class AppendAppendStress {
    private final LentRing lent = LentRing.lend();
    private final Entry a = Entry.small('a');
    private final Entry b = Entry.small('b');

    /** One writer. */
    @Actor
    public void left() {
        LentRing.append(lent.left, a);
    }

    /** The other writer. */
    @Actor
    public void right() {
        LentRing.append(lent.right, b);
    }

    /** What is there. */
    @Arbiter
    public void look(L_Result result) {
        result.r1 = lent.drain();
        lent.giveBack();
    }
}
