package io.penstock.perf.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A client sends a batch again while the first is under way: one of the two is staged. */
@JCStressTest
@Outcome(
        id = {"new, pending", "pending, new"},
        expect = Expect.ACCEPTABLE,
        desc = "One is staged; the other is told to come back in a moment.")
@Outcome(
        id = "new, new",
        expect = Expect.FORBIDDEN,
        desc = "Staged twice: both requests believe that they are the first.")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc =
                "Staged never: the batch is taken for one that stands in the ring already, and it does not.")
@State
public class AdmitAdmitStress {
    private final LentRing lent = LentRing.lend();
    private final long producer = LentRing.newProducer();

    /** One request. */
    @Actor
    public void left(LL_Result result) {
        result.r1 = Admission.word(lent.ring.producers().admit(producer, 1));
    }

    /** The other. */
    @Actor
    public void right(LL_Result result) {
        result.r2 = Admission.word(lent.ring.producers().admit(producer, 1));
    }

    /** The pair is free again. */
    @Arbiter
    public void end() {
        lent.ring.producers().abandoned(producer, 1);
        lent.giveBack();
    }
}
