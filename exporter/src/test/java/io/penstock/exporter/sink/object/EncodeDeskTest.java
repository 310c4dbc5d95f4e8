package io.penstock.exporter.sink.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EncodeDeskTest {

    private static final int LIMIT = 2;
    private static final int ENCODES = 8;

    private static long pauseMs(long workedMs, double others) {
        return TimeUnit.NANOSECONDS.toMillis(
                EncodeDesk.pauseNs(TimeUnit.MILLISECONDS.toNanos(workedMs), others));
    }

    @Test
    void pausesTheLongerTheBusierTheRestOfTheMachineIs() {
        assertThat(pauseMs(100, 0)).isZero();
        assertThat(pauseMs(100, 0.5)).isZero();
        assertThat(pauseMs(100, 0.75)).isEqualTo(200);
        assertThat(pauseMs(100, 1)).isEqualTo(400);
        assertThat(pauseMs(60_000, 1)).as("never for long").isEqualTo(1000);
    }

    @Test
    void anEncodeThatIsKeptWaitingTakesTheMachineForBusy() {
        assertThat(EncodeDesk.crowded(100, 100)).isEqualTo(EncodeDesk.CALM);
        assertThat(EncodeDesk.crowded(Long.MAX_VALUE, 100)).isEqualTo(EncodeDesk.CALM);
        assertThat(EncodeDesk.crowded(75, 100)).isEqualTo(0.75);
        assertThat(EncodeDesk.crowded(50, 100)).isEqualTo(1);
        assertThat(EncodeDesk.crowded(1, 100)).isEqualTo(1);
    }

    @Test
    void noMoreEncodesRunAtOnceThanTheyAllow() throws Exception {
        EncodeDesk desk = new EncodeDesk();
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger mostWaiting = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(ENCODES);
        List<Throwable> faults = new ArrayList<>();
        for (int i = 0; i < ENCODES; i++) {
            desk.threads()
                    .execute(
                            () -> {
                                try (EncodeDesk.Turn turn = desk.begin(LIMIT, () -> true)) {
                                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                                    turn.giveWay();
                                    TimeUnit.MILLISECONDS.sleep(20);
                                    mostWaiting.accumulateAndGet(desk.waiting(), Math::max);
                                    running.decrementAndGet();
                                } catch (InterruptedException stop) {
                                    faults.add(stop);
                                }
                                ended.countDown();
                            });
        }
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(faults).isEmpty();
        assertThat(most.get()).isEqualTo(LIMIT);
        assertThat(mostWaiting.get()).isBetween(1, ENCODES - LIMIT);
        assertThat(desk.running() + desk.waiting()).as("all have ended").isZero();
    }
}
