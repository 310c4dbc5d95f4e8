package io.penstock.perf.stress;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two writers append while a reader sleeps: it is woken by one of them, once. */
@JCStressTest
@Outcome(
        id = "1",
        expect = Expect.ACCEPTABLE,
        desc = "Whichever publishes first, or sees the flag first, wakes the reader.")
@Outcome(
        id = "0",
        expect = Expect.FORBIDDEN,
        desc = "Lost wake-up: both writers left the reader to the other.")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "Woken twice by one arming: two drains of one cursor would run at once.")
@State
public class WakeOnceStress {
    private final LentRing lent = LentRing.lend();
    private final AtomicInteger woken = new AtomicInteger();
    private final Entry a = Entry.small('a');
    private final Entry b = Entry.small('b');

    /** A sleeping reader. */
    public WakeOnceStress() {
        lent.cursor.onWake(woken::incrementAndGet);
        lent.cursor.arm();
    }

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

    /** How often it was woken. */
    @Arbiter
    public void look(I_Result result) {
        result.r1 = woken.get();
        lent.drain();
        lent.giveBack();
    }
}
