package io.penstock.perf.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A batch is given up, for want of room, just when the client sends it again: it may be admitted or
 * be told to come back, and nobody takes it for staged.
 */
@JCStressTest
@Outcome(
        id = "new",
        expect = Expect.ACCEPTABLE,
        desc = "The first had given up already: the second is admitted.")
@Outcome(id = "pending", expect = Expect.ACCEPTABLE, desc = "The first had not yet given up.")
@Outcome(
        id = "staged",
        expect = Expect.FORBIDDEN,
        desc = "Acknowledged and lost: the second is told of a batch that never stood in the ring.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Locked out: the sequence cannot be sent any more.")
@State
public class AbandonAdmitStress {
    private final LentRing lent = LentRing.lend();
    private final long producer = LentRing.newProducer();

    /** The first request was admitted. */
    public AbandonAdmitStress() {
        lent.ring.producers().admit(producer, 1);
    }

    /** The first request gives up. */
    @Actor
    public void abandon() {
        lent.ring.producers().abandoned(producer, 1);
    }

    /** The second request. */
    @Actor
    public void again(L_Result result) {
        result.r1 = Admission.word(lent.ring.producers().admit(producer, 1));
    }

    /** The pair is free again. */
    @Arbiter
    public void end() {
        lent.ring.producers().abandoned(producer, 1);
        lent.giveBack();
    }
}
