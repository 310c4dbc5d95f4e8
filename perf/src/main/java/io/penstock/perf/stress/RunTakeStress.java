package io.penstock.perf.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A run of three entries is one put transaction: a reader that looks while it is written sees
 * nothing of it or all of it.
 */
@JCStressTest
@Outcome(
        id = "-, abc",
        expect = Expect.ACCEPTABLE,
        desc = "The reader came first and found nothing; the run is there afterwards.")
@Outcome(id = "abc, -", expect = Expect.ACCEPTABLE, desc = "The reader found the whole run.")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc =
                "Half a put: entries of a transaction were seen without the others, or before their bytes.")
@State
public class RunTakeStress {
    private final LentRing lent = LentRing.lend();
    private final Entry a = Entry.small('a');
    private final Entry b = Entry.small('b');
    private final Entry c = Entry.small('c');

    /** The writer. */
    @Actor
    public void put() {
        LentRing.append(lent.left, a, b, c);
    }

    /** The reader. */
    @Actor
    public void take(LL_Result result) {
        result.r1 = lent.drain();
    }

    /** What the reader has left. */
    @Arbiter
    public void rest(LL_Result result) {
        result.r2 = lent.drain();
        lent.giveBack();
    }
}
