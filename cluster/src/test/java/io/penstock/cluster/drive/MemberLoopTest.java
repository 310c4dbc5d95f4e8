package io.penstock.cluster.drive;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.suite.Alone;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@Alone
class MemberLoopTest {
    private static final long WAIT_S = 10;

    @Test
    void ticksGoOnThroughDefectsAndAFullQueue() throws Exception {
        AtomicInteger ticks = new AtomicInteger();
        CountDownLatch many = new CountDownLatch(5);
        MemberLoop loop =
                new MemberLoop(
                        () -> {
                            ticks.incrementAndGet();
                            many.countDown();
                            throw new IllegalStateException("a defect, on purpose");
                        });
        loop.start();
        assertThat(many.await(WAIT_S, TimeUnit.SECONDS)).isTrue();

        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        loop.post(
                () -> {
                    busy.countDown();
                    await(go);
                });
        assertThat(busy.await(WAIT_S, TimeUnit.SECONDS)).isTrue();
        int before = ticks.get();
        int taken = 0;
        while (loop.post(() -> {})) {
            taken++;
        }
        assertThat(taken).isEqualTo(MemberLoop.QUEUE_LENGTH);
        assertThat(loop.dropped()).isEqualTo(1);
        // six ticks' time
        TimeUnit.MILLISECONDS.sleep(300);
        go.countDown();
        CountDownLatch done = new CountDownLatch(1);
        while (!loop.post(done::countDown)) {
            Thread.onSpinWait();
        }
        assertThat(done.await(WAIT_S, TimeUnit.SECONDS)).isTrue();
        assertThat(ticks.get() - before).as("ticks that a pause swallowed").isLessThan(4);
        loop.end();
    }

    @Test
    void bytesThatWaitAreBounded() throws Exception {
        MemberLoop loop = new MemberLoop(() -> {});
        assertThat(loop.post(MemberLoop.MAX_WAITING_BYTES, () -> {})).isTrue();
        assertThat(loop.post(1, () -> {})).isFalse();
        loop.start();
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_S);
        while (!loop.post(1, () -> {})) {
            assertThat(System.nanoTime()).isLessThan(endNs);
        }
        loop.end();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
