package io.penstock.exporter.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackOffTest {

    @Test
    void emptyPollDoublesFromOneToThirtyTwoSeconds() {
        assertThat(steady(BackOff.EMPTY_POLL, 8))
                .containsExactly(1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 32_000, 32_000);
    }

    @Test
    void busyWaitsFiveTimesOneSecondThenDoubles() {
        assertThat(steady(BackOff.BUSY, 12))
                .containsExactly(
                        1_000, 1_000, 1_000, 1_000, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000,
                        32_000, 32_000);
    }

    @Test
    void sinkFailureGrowsFromOneToTenSeconds() {
        assertThat(steady(BackOff.SINK_FAILURE, 7))
                .containsExactly(1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000);
    }

    @Test
    void staysAtItsLongestForEver() {
        for (BackOff preset : BackOff.values()) {
            assertThat(preset.steadyMs(Integer.MAX_VALUE)).isLessThanOrEqualTo(32_000);
        }
    }

    @Test
    void jittersByATenthAtTheMostAndTheSameForTheSameSeed() {
        for (long seed = 0; seed < 500; seed++) {
            long delayMs = BackOff.SINK_FAILURE.delayMs(3, seed);
            assertThat(delayMs).isBetween(3_600L, 4_400L);
            assertThat(BackOff.SINK_FAILURE.delayMs(3, seed)).isEqualTo(delayMs);
        }
        assertThat(LongStream.range(0, 500).map(s -> BackOff.BUSY.delayMs(1, s)).distinct().count())
                .isGreaterThan(50);
    }

    private static long[] steady(BackOff preset, int attempts) {
        return IntStream.rangeClosed(1, attempts).mapToLong(preset::steadyMs).toArray();
    }
}
