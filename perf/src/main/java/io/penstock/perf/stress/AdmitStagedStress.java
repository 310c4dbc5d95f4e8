package io.penstock.perf.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * A client sends a batch again just when the first is being staged: the answer is the position of
 * the first, or to come back, and the ring holds the batch once.
 */
@JCStressTest
@Outcome(
        id = "new, pending, a",
        expect = Expect.ACCEPTABLE,
        desc = "The second came while the first was staged.")
@Outcome(
        id = "new, staged, a",
        expect = Expect.ACCEPTABLE,
        desc = "The second came after, and is told where the first stands.")
@Outcome(
        id = "pending, new, -",
        expect = Expect.ACCEPTABLE,
        desc = "The second was the first to be admitted; in this test it goes no further.")
@Outcome(
        id = "new, new, a",
        expect = Expect.FORBIDDEN,
        desc = "Staged twice: the second would append the batch again.")
@Outcome(
        id = "new, staged, -",
        expect = Expect.FORBIDDEN,
        desc = "Acknowledged and lost: the second is told of a batch that is not in the ring.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Neither: no order of the two gives this.")
@State
public class AdmitStagedStress {
    private final LentRing lent = LentRing.lend();
    private final long producer = LentRing.newProducer();
    private final Entry batch = Entry.of('a', producer, 1);

    /** The first request: admitted, then appended. */
    @Actor
    public void stage(LLL_Result result) {
        String admitted = Admission.word(lent.ring.producers().admit(producer, 1));
        if (admitted.equals("new")) {
            LentRing.append(lent.left, batch);
        }
        result.r1 = admitted;
    }

    /** The second request: admission only. */
    @Actor
    public void again(LLL_Result result) {
        result.r2 = Admission.word(lent.ring.producers().admit(producer, 1));
    }

    /** What stands in the ring. */
    @Arbiter
    public void look(LLL_Result result) {
        result.r3 = lent.drain();
        lent.ring.producers().abandoned(producer, 1);
        lent.giveBack();
    }
}
