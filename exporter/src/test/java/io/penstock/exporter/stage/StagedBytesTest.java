package io.penstock.exporter.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StagedBytesTest {

    @Test
    void reservesUpToTheLimitAndNotOneByteMore() {
        StagedBytes bytes = new StagedBytes(100);
        assertThat(bytes.tryReserve(100)).isTrue();
        assertThat(bytes.tryReserve(1)).isFalse();
        assertThat(bytes.used()).isEqualTo(100);
        bytes.drained(30);
        assertThat(bytes.tryReserve(30)).isTrue();
        assertThat(bytes.drainedTotal()).isEqualTo(30);
    }

    @Test
    void holdsTheLimitWhileThreadsRace() throws InterruptedException {
        StagedBytes bytes = new StagedBytes(1_000);
        Runnable work =
                () -> {
                    SplittableRandom random = new SplittableRandom(Thread.currentThread().getId());
                    for (int i = 0; i < 20_000; i++) {
                        long take = random.nextInt(1, 400);
                        if (bytes.tryReserve(take)) {
                            bytes.drained(take);
                        }
                    }
                };
        Thread one = new Thread(work);
        Thread two = new Thread(work);
        one.start();
        two.start();
        one.join();
        two.join();
        assertThat(bytes.used()).isZero();
    }
}
