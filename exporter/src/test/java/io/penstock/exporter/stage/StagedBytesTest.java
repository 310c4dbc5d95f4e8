package io.penstock.exporter.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StagedBytesTest {

    @Test
    void reservesUpToTheLimitAndNotOneByteMore() {
        StagedBytes bytes = new StagedBytes(100);
        StagedBytes.Part part = bytes.part(StagedShare.ALL);
        assertThat(part.reserve(100, 0)).isEmpty();
        assertThat(part.reserve(1, 0)).isEqualTo(StagedBytes.NODE_FULL);
        assertThat(bytes.used()).isEqualTo(100);
        part.drained(30);
        assertThat(part.reserve(30, 0)).isEmpty();
        assertThat(bytes.drainedTotal()).isEqualTo(30);
    }

    @Test
    void aShareIsAskedAndToldOfItsPart() {
        AtomicLong held = new AtomicLong();
        StagedShare share =
                new StagedShare() {
                    @Override
                    public String fault(long bytes, long repo, long node, long limit) {
                        return held.get() + bytes > 50 ? repo + " " + node + " " + limit : "";
                    }

                    @Override
                    public void add(long bytes) {
                        held.addAndGet(bytes);
                    }
                };
        StagedBytes bytes = new StagedBytes(100);
        StagedBytes.Part other = bytes.part(StagedShare.ALL);
        StagedBytes.Part part = bytes.part(share);
        assertThat(other.reserve(20, 0)).isEmpty();
        assertThat(part.reserve(50, 0)).isEmpty();
        assertThat(part.reserve(1, 7)).isEqualTo("7 71 100");
        assertThat(bytes.used()).as("what was refused is not counted").isEqualTo(70);
        part.drained(10);
        part.adjust(-5);
        assertThat(held).hasValue(35);
        assertThat(bytes.used()).isEqualTo(55);
    }

    @Test
    void holdsTheLimitWhileThreadsRace() throws InterruptedException {
        StagedBytes bytes = new StagedBytes(1_000);
        StagedBytes.Part part = bytes.part(StagedShare.ALL);
        Runnable work =
                () -> {
                    SplittableRandom random = new SplittableRandom(Thread.currentThread().getId());
                    for (int i = 0; i < 20_000; i++) {
                        long take = random.nextInt(1, 400);
                        if (part.reserve(take, 0).isEmpty()) {
                            part.drained(take);
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
