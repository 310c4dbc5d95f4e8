package io.penstock.exporter.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private record Taken(long atNs, long amount) {}

    /** Takes as soon as it may, deliveries of random sizes, for so long. */
    private static List<Taken> drive(
            long rate, long seconds, long largest, SplittableRandom random) {
        TokenBucket bucket = new TokenBucket(rate, 0);
        List<Taken> taken = new ArrayList<>();
        long nowNs = 0;
        while (nowNs < seconds * SECOND_NS) {
            long waitNs = bucket.waitNs(nowNs);
            nowNs += waitNs;
            assertThat(bucket.waitNs(nowNs)).as("after its own wait").isZero();
            long amount = 1 + random.nextLong(largest);
            bucket.take(amount);
            taken.add(new Taken(nowNs, amount));
            // Timers are late
            nowNs += random.nextLong(1_000_000);
        }
        return taken;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 7, 1_000, 999_983, 50_000_000, RateConfig.MAX_PER_S})
    void isExactOverTimeAndBoundedInEveryStretch(long rate) {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("penstock.seed=" + seed);
        long seconds = rate < 10 ? 2_000 : 100;
        long largest = Math.max(1, rate / 5);
        List<Taken> taken = drive(rate, seconds, largest, new SplittableRandom(seed));
        long sum = taken.stream().mapToLong(Taken::amount).sum();
        double expected = (double) rate * (seconds + 1);
        assertThat(sum / expected).as("seed %d", seed).isBetween(0.97, 1.03);
        for (int first = 0; first < taken.size(); first += 7) {
            long inStretch = 0;
            for (int last = first; last < Math.min(taken.size(), first + 300); last++) {
                inStretch += taken.get(last).amount();
                double stretch = (taken.get(last).atNs() - taken.get(first).atNs()) / 1e9;
                assertThat((double) inStretch)
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(rate * (stretch + 1) + largest + 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, RateConfig.MAX_PER_S})
    void paysOffALargeDebtToTheNanosecond(long rate) {
        TokenBucket bucket = new TokenBucket(rate, 0);
        bucket.take(11 * rate);
        long waitNs = bucket.waitNs(0);
        // Ten seconds of debt, and one token
        assertThat(waitNs).isEqualTo(10 * SECOND_NS + (SECOND_NS + rate - 1) / rate);
        assertThat(bucket.waitNs(waitNs - 1)).isEqualTo(1);
        assertThat(bucket.waitNs(waitNs)).isZero();
    }
}
