package io.penstock.gateway.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class FairShareTest {
    private static final long SEED =
            Long.getLong("penstock.seed", new SplittableRandom().nextLong());
    private static final long LIMIT = 1_000_000;

    /** Tenants that take what they may and let go of it at random. */
    private static long[] compete(int[] weights, long[] wants, int turns) {
        SplittableRandom random = new SplittableRandom(SEED);
        long[] has = new long[weights.length];
        long used = 0;
        for (int turn = 0; turn < turns; turn++) {
            int who = random.nextInt(weights.length);
            long more = 1 + random.nextLong(200);
            boolean takes = random.nextInt(3) > 0;
            if (takes
                    && has[who] + more <= wants[who]
                    && FairShare.allows(has[who] + more, weights[who], LIMIT - used - more)) {
                has[who] += more;
                used += more;
            } else if (!takes) {
                long less = Math.min(has[who], random.nextLong(200));
                has[who] -= less;
                used -= less;
            }
            assertThat(used).isLessThanOrEqualTo(LIMIT);
        }
        return has;
    }

    @Test
    void oneAloneMayHaveEightNinths() {
        long[] has = compete(new int[] {1}, new long[] {LIMIT}, 200_000);
        assertThat(has[0])
                .as("seed %d", SEED)
                .isCloseTo(LIMIT * 8 / 9, Percentage.withPercentage(2));
    }

    @Test
    void thoseWhoWantMoreThanThereIsEndAtTheirWeightsShares() {
        long[] has = compete(new int[] {1, 2, 5}, new long[] {LIMIT, LIMIT, LIMIT}, 400_000);
        double sum = 8 + 1.0 / FairShare.EAGERNESS;
        assertThat(has[0]).isCloseTo((long) (LIMIT * 1 / sum), Percentage.withPercentage(4));
        assertThat(has[1]).isCloseTo((long) (LIMIT * 2 / sum), Percentage.withPercentage(4));
        assertThat(has[2]).isCloseTo((long) (LIMIT * 5 / sum), Percentage.withPercentage(4));
    }

    @Test
    void whoWantsLessThanItsShareGetsItWhateverTheOthersDo() {
        long[] has =
                compete(new int[] {1, 1, 1, 1}, new long[] {LIMIT, LIMIT, LIMIT, 50_000}, 600_000);
        assertThat(has[3]).as("seed %d", SEED).isBetween(45_000L, 50_000L);
    }

    @Test
    void aNewcomerFindsRoomAtOnceWhereOneHasAllThatItMay() {
        long used = 0;
        while (FairShare.allows(used + 100, 1, LIMIT - used - 100)) {
            used += 100;
        }
        assertThat(FairShare.allows(LIMIT / 12, 1, LIMIT - used - LIMIT / 12)).isTrue();
    }
}
