package io.penstock.gateway.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RateBucketTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long SEED =
            Long.getLong("penstock.seed", new SplittableRandom().nextLong());

    @Test
    void letsABurstThroughAndThenTheRate() {
        RateBucket bucket = new RateBucket(10, SECOND_NS, 0);
        int now = 0;
        while (bucket.waitNs(0) == 0) {
            bucket.take(1, 0);
            now++;
        }
        assertThat(now).as("a second's worth, and the one that begins at its end").isEqualTo(11);
        assertThat(bucket.waitNs(0)).isEqualTo(SECOND_NS / 10);
    }

    @Test
    void theWaitThatItNamesIsTheShortestThatIsEnough() {
        RateBucket bucket = new RateBucket(1_000, SECOND_NS / 2, 0);
        bucket.take(5_000, 0);
        long waitNs = bucket.waitNs(0);

        assertThat(waitNs).isEqualTo(4_500_000_000L);
        assertThat(bucket.waitNs(waitNs - 1)).isEqualTo(1);
        assertThat(bucket.waitNs(waitNs)).isZero();
    }

    @Test
    void whatIsGivenBackMayBeTakenAgain() {
        RateBucket bucket = new RateBucket(1_000, SECOND_NS, 0);
        bucket.take(3_000, 0);
        bucket.giveBack(3_000);

        assertThat(bucket.isFull(0)).isTrue();
        assertThat(bucket.waitNs(0)).isZero();
    }

    @Test
    void quietIsNotSavedUpBeyondABurst() {
        RateBucket bucket = new RateBucket(10, SECOND_NS, 0);
        long lateNs = 3_600 * SECOND_NS;
        bucket.take(10, lateNs);
        bucket.take(1, lateNs);

        assertThat(bucket.waitNs(lateNs)).isEqualTo(SECOND_NS / 10);
    }

    /** The bound of the class's text, at rates from one a second to the largest there may be. */
    @Test
    void neverMoreThanRateTimesTimeAndBurstGetsThrough() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 200; round++) {
            long rate = 1 + (long) Math.pow(10, random.nextDouble(11));
            long burstNs = 1 + random.nextLong(2 * SECOND_NS);
            long startNs = random.nextLong() >> 2;
            RateBucket bucket = new RateBucket(rate, burstNs, startNs);
            long nowNs = startNs;
            double through = 0;
            double last = 0;
            for (int i = 0; i < 500; i++) {
                nowNs += random.nextLong(SECOND_NS / 50);
                if (bucket.waitNs(nowNs) == 0) {
                    last = 1 + random.nextLong(Math.max(1, rate / 10));
                    bucket.take((long) last, nowNs);
                    through += last;
                }
            }
            double allowed = rate * ((nowNs - startNs + burstNs) / 1e9) + last;
            assertThat(through).as("seed %d, rate %d", SEED, rate).isLessThanOrEqualTo(allowed + 1);
        }
    }

    @Test
    void overTimeExactlyTheRateGetsThrough() {
        for (long rate : new long[] {3, 1_000, 12_345_678, TenantLimits.MAX_PER_S}) {
            RateBucket bucket = new RateBucket(rate, SECOND_NS, 0);
            double through = 0;
            long each = Math.max(1, rate / 100);
            for (long nowNs = 0; nowNs < 100 * SECOND_NS; nowNs += SECOND_NS / 200) {
                while (bucket.waitNs(nowNs) == 0) {
                    bucket.take(each, nowNs);
                    through += each;
                }
            }
            assertThat(through / rate).as("rate %d", rate).isBetween(100.0, 102.0);
        }
    }
}
