package io.penstock.perf.stress;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/**
 * A reader that found nothing arms its wake-up while a writer appends: it is told to look again, or
 * it is woken, and never left asleep beside a full ring.
 */
@JCStressTest
@Outcome(
        id = "true, 1",
        expect = Expect.ACCEPTABLE,
        desc = "The reader went to sleep and was woken by the append.")
@Outcome(
        id = "false, 0",
        expect = Expect.ACCEPTABLE,
        desc = "The reader was told that something is there already.")
@Outcome(
        id = "true, 0",
        expect = Expect.FORBIDDEN,
        desc = "Lost wake-up: the entry lies there and the export sleeps until the next one.")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "Told and woken: the reader would take twice for one append.")
@State
public class ArmAppendStress {
    private final LentRing lent = LentRing.lend();
    private final AtomicInteger woken = new AtomicInteger();
    private final Entry a = Entry.small('a');
    private boolean armed;

    /** An idle reader. */
    public ArmAppendStress() {
        lent.cursor.onWake(woken::incrementAndGet);
    }

    /** The writer. */
    @Actor
    public void append() {
        LentRing.append(lent.left, a);
    }

    /** The reader. */
    @Actor
    public void arm() {
        armed = lent.cursor.arm();
    }

    /** Who was told what. */
    @Arbiter
    public void look(ZI_Result result) {
        result.r1 = armed;
        result.r2 = woken.get();
        lent.drain();
        lent.giveBack();
    }
}
