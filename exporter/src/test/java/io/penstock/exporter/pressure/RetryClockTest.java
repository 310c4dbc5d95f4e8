package io.penstock.exporter.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryClockTest {
    private static final long MS = 1_000_000;
    private static final int NO_WISH = -1;

    // The n-th failure in a row waits n seconds
    private final RetryClock clock = new RetryClock(failures -> failures * 1_000L);

    private long waitMs(long nowMs) {
        return clock.waitNs(nowMs * MS) / MS;
    }

    private void failed(long nowMs, int round, long wishMs) {
        clock.failed(nowMs * MS, round, wishMs);
    }

    @Test
    void waitsLongerWithEachFailureInARow() {
        failed(0, clock.round(), NO_WISH);
        assertThat(waitMs(0)).isEqualTo(1_000);
        failed(1_000, clock.round(), NO_WISH);
        assertThat(waitMs(1_000)).isEqualTo(2_000);
        clock.answered(3_000 * MS, clock.round());
        assertThat(waitMs(3_000)).isZero();
        failed(3_000, clock.round(), NO_WISH);
        assertThat(waitMs(3_000)).isEqualTo(1_000);
    }

    @Test
    void aDeliveryThatWasNotOfferedAtAllIsNoFailure() {
        int together = clock.round();
        for (int i = 0; i < 50; i++) {
            clock.away(i * MS, 100);
        }
        assertThat(waitMs(49)).isEqualTo(100);
        assertThat(clock.failuresInRow()).isZero();
        assertThat(clock.round()).isEqualTo(together);
        assertThat(clock.window()).isEqualTo(Integer.MAX_VALUE);
        // nor does it shorten the wait after one, or end a row of them
        failed(200, clock.round(), NO_WISH);
        failed(1_200, clock.round(), NO_WISH);
        clock.away(1_200 * MS, 100);
        assertThat(waitMs(1_200)).isEqualTo(2_000);
        failed(3_200, clock.round(), NO_WISH);
        assertThat(waitMs(3_200)).isEqualTo(3_000);
    }

    @Test
    void countsDeliveriesThatFailTogetherAsOneFailure() {
        int together = clock.round();
        for (int i = 0; i < 8; i++) {
            failed(i, together, NO_WISH);
        }
        assertThat(clock.failuresInRow()).isEqualTo(1);
        assertThat(waitMs(7)).isEqualTo(1_000);
    }

    @Test
    void probesWithOneAndThenLetsOneMoreInWithEachAnswer() {
        assertThat(clock.window()).isEqualTo(Integer.MAX_VALUE);
        failed(0, clock.round(), NO_WISH);
        assertThat(clock.window()).isEqualTo(1);
        clock.answered(1_000 * MS, clock.round());
        clock.answered(1_001 * MS, clock.round());
        assertThat(clock.window()).isEqualTo(3);
    }

    @Test
    void anAnswerToADeliveryOfBeforeEndsTheBackOffButNotAWish() {
        int before = clock.round();
        failed(0, before, NO_WISH);
        clock.answered(1 * MS, before);
        assertThat(waitMs(1)).isZero();
        assertThat(clock.window()).isEqualTo(Integer.MAX_VALUE);
        int again = clock.round();
        failed(2, again, 5_000);
        clock.answered(3 * MS, again);
        assertThat(waitMs(3)).isEqualTo(4_999);
    }

    @Test
    void aWishWinsOverTheBackOffAndHasABound() {
        failed(0, clock.round(), 0);
        assertThat(waitMs(0)).isZero();
        failed(0, clock.round(), Long.MAX_VALUE);
        assertThat(waitMs(0)).isEqualTo(3_600_000);
    }
}
