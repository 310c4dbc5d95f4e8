package io.penstock.cluster.forecast;

import static io.penstock.cluster.forecast.HourOfWeek.HOUR_MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateHistoryTest {
    private static final long MONDAY_MS = Instant.parse("2026-11-23T00:00:00Z").toEpochMilli();
    private static final long WEEK_MS = 168 * HOUR_MS;

    @Test
    void theWeekBeginsOnMondayAtMidnightOfUtc() {
        assertThat(HourOfWeek.of(MONDAY_MS)).isZero();
        assertThat(HourOfWeek.of(MONDAY_MS - 1)).isEqualTo(167);
        assertThat(HourOfWeek.of(MONDAY_MS + 25 * HOUR_MS)).isEqualTo(25);
        assertThat(HourOfWeek.of(-1)).isEqualTo(3 * 24 - 1);
    }

    @Test
    void theFirstWeekIsTakenAsItIsAndLaterOnesByTheirShare() {
        RateHistory history = new RateHistory();
        hour(history, MONDAY_MS, 100);
        assertThat(history.knows(MONDAY_MS)).isTrue();
        assertThat(history.at(MONDAY_MS)).isCloseTo(100, within(0.01));

        hour(history, MONDAY_MS + WEEK_MS, 200);

        assertThat(history.at(MONDAY_MS)).isCloseTo(140, within(0.01));
    }

    @Test
    void anHourHardlyWatchedIsNotKept() {
        RateHistory history = new RateHistory();
        history.observe(MONDAY_MS + HOUR_MS - 60_000, 9);
        history.observe(MONDAY_MS + HOUR_MS, 9);
        assertThat(history.knows(MONDAY_MS)).isFalse();
    }

    @Test
    void aLongGapIsNotTakenForData() {
        RateHistory history = new RateHistory();
        history.observe(MONDAY_MS, 5);
        history.observe(MONDAY_MS + 5 * HOUR_MS, 5);
        assertThat(history.knows(MONDAY_MS)).isFalse();
        assertThat(history.knows(MONDAY_MS + 2 * HOUR_MS)).isFalse();
    }

    @Test
    void aClockThatGoesBackIsIgnored() {
        RateHistory history = new RateHistory();
        hour(history, MONDAY_MS, 100);
        history.observe(MONDAY_MS - WEEK_MS, 1_000_000);
        hour(history, MONDAY_MS + HOUR_MS, 100);
        assertThat(history.at(MONDAY_MS)).isCloseTo(100, within(0.01));
    }

    @Test
    void aHistoryIsKeptAndComesBack() {
        RateHistory history = new RateHistory();
        hour(history, MONDAY_MS, 100);

        RateHistory again = new RateHistory(history.slots());

        assertThat(again.at(MONDAY_MS)).isEqualTo(history.at(MONDAY_MS));
        assertThat(again.knows(MONDAY_MS + HOUR_MS)).isFalse();
        assertThatThrownBy(() -> new RateHistory(new float[3])).hasMessageContaining("3 slots");
        float[] bad = history.slots();
        bad[7] = Float.NaN;
        assertThatThrownBy(() -> new RateHistory(bad)).hasMessageContaining("NaN");
    }

    @Test
    void aKnownPeakIsSeenWithinTheLead() {
        RateHistory history = new RateHistory();
        hour(history, MONDAY_MS, 10);
        hour(history, MONDAY_MS + HOUR_MS, 100);
        long now = MONDAY_MS + HOUR_MS / 4;

        assertThat(Outlook.rate(history, now, HOUR_MS / 2, 10)).isCloseTo(10, within(0.1));
        assertThat(Outlook.rate(history, now, HOUR_MS, 10)).isCloseTo(100, within(0.1));
    }

    @Test
    void aDayThatIsBusierThanUsualHasAHigherPeak() {
        RateHistory history = new RateHistory();
        hour(history, MONDAY_MS, 10);
        hour(history, MONDAY_MS + HOUR_MS, 100);

        assertThat(Outlook.rate(history, MONDAY_MS, HOUR_MS, 15)).isCloseTo(150, within(0.1));
        assertThat(Outlook.rate(history, MONDAY_MS, HOUR_MS, 90)).isCloseTo(200, within(0.1));
        assertThat(Outlook.rate(history, MONDAY_MS, HOUR_MS, 0)).isCloseTo(50, within(0.1));
    }

    @Test
    void neverLessThanTheLiveRate() {
        RateHistory history = new RateHistory();
        assertThat(Outlook.rate(history, MONDAY_MS, HOUR_MS, 7)).isEqualTo(7);
        hour(history, MONDAY_MS, 100);
        hour(history, MONDAY_MS + HOUR_MS, 1);
        assertThat(Outlook.rate(history, MONDAY_MS + HOUR_MS / 2, HOUR_MS, 70)).isEqualTo(70);
    }

    private static void hour(RateHistory history, long fromMs, double rate) {
        for (long at = fromMs; at <= fromMs + HOUR_MS; at += 60_000) {
            history.observe(at, rate);
        }
    }
}
