package io.penstock.exporter.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DrainRateTest {

    @Test
    void sendsAwayForAsLongAsTheRoomNeedsToDrain() {
        DrainRate rate = new DrainRate(0, 0);
        rate.sample(1_000_000, 1_000);
        assertThat(rate.bytesPerSecond()).isCloseTo(1_000_000, within(1.0));
        assertThat(rate.retryAfterMs(500_000)).isEqualTo(500);
    }

    @Test
    void followsTheLastFewSamples() {
        DrainRate rate = new DrainRate(0, 0);
        long total = 0;
        for (int second = 1; second <= 20; second++) {
            total += second <= 10 ? 1_000_000 : 10_000;
            rate.sample(total, second * 1_000L);
        }
        assertThat(rate.bytesPerSecond()).isBetween(10_000.0, 50_000.0);
    }

    @Test
    void namesAFixedWaitWhileNothingDrains() {
        DrainRate rate = new DrainRate(7, 0);
        rate.sample(7, 1_000);
        assertThat(rate.retryAfterMs(1 << 20)).isEqualTo(DrainRate.STALLED_RETRY_MS);
    }

    @Test
    void keepsTheWaitBetweenItsBounds() {
        DrainRate rate = new DrainRate(0, 0);
        rate.sample(1_000_000, 1_000);
        assertThat(rate.retryAfterMs(1)).isEqualTo(DrainRate.MIN_RETRY_MS);
        assertThat(rate.retryAfterMs(1L << 40)).isEqualTo(DrainRate.MAX_RETRY_MS);
    }

    @Test
    void takesTwoSamplesOfOneMomentAsOne() {
        DrainRate rate = new DrainRate(0, 5);
        rate.sample(100, 5);
        assertThat(rate.bytesPerSecond()).isZero();
    }
}
