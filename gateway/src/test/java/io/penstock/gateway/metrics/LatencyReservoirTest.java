package io.penstock.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatencyReservoirTest {

    @Test
    void quantilesAreTheBoundsAboveTheTrueOnes() {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 100; round++) {
            LatencyReservoir reservoir = new LatencyReservoir();
            long[] before = reservoir.counts();
            long[] values = random.longs(200, 1, 50_000_000_000L).sorted().toArray();
            Arrays.stream(values).forEach(reservoir::update);
            double quantile = random.nextDouble(0.01, 1);
            long exact = values[(int) Math.ceil(values.length * quantile) - 1];
            long found = LatencyReservoir.quantileNs(quantile, before, reservoir.counts());
            assertThat(found).isGreaterThanOrEqualTo(exact);
            assertThat(found).isLessThanOrEqualTo(Math.max(10_000, exact * 5 / 2 + 1));
        }
    }

    @Test
    void tellsOnlyOfWhatCameBetween() {
        LatencyReservoir reservoir = new LatencyReservoir();
        reservoir.update(40_000_000_000L);
        long[] before = reservoir.counts();
        assertThat(LatencyReservoir.quantileNs(0.99, before, reservoir.counts())).isEqualTo(-1);
        reservoir.update(900_000);
        assertThat(LatencyReservoir.quantileNs(0.99, before, reservoir.counts()))
                .isEqualTo(1_000_000);
    }
}
