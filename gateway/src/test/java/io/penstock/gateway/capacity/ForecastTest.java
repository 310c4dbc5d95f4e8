package io.penstock.gateway.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.penstock.gateway.capacity.HourlyForecast.Expected;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The maths, on series whose answers are known. */
class ForecastTest {
    private static final long SEED = Long.getLong("penstock.seed", 20_260_131);
    private static final long FIRST = 490_000;

    private static HourlyForecast forecast(double[] hours) {
        return Objects.requireNonNull(HourlyForecast.of(FIRST, hours));
    }

    private static double season(long hour) {
        return 0.2 * Math.sin(2 * Math.PI * Math.floorMod(hour, 24L) / 24);
    }

    /** So many days that rise by a hundredth a day. */
    private static double[] rising(int days, double noise) {
        Random random = new Random(SEED);
        double[] hours = new double[days * 24];
        for (int i = 0; i < hours.length; i++) {
            hours[i] = 0.3 + i * 0.01 / 24 + season(FIRST + i) + noise * random.nextGaussian();
        }
        return hours;
    }

    @Test
    void aLineWithASeasonIsFoundAsItIs() {
        HourlyForecast forecast = forecast(rising(10, 0));
        assertThat(forecast.trendPerDay()).isCloseTo(0.01, within(1e-9));
        for (int ahead : new int[] {240, 300, 480}) {
            Expected expected = Objects.requireNonNull(forecast.at(FIRST + ahead));
            double truth = 0.3 + ahead * 0.01 / 24 + season(FIRST + ahead);
            assertThat(expected.mean()).isCloseTo(truth, within(1e-9));
            assertThat(expected.high() - expected.low()).isCloseTo(0, within(1e-6));
        }
    }

    @Test
    void aSeasonIsNotTakenForGrowthThoughTheLastDayIsHalf() {
        double[] half = Arrays.copyOf(rising(5, 0), 4 * 24 + 21);
        assertThat(forecast(half).trendPerDay()).isCloseTo(0.01, within(1e-9));
        double[] flat = new double[6 * 24];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = season(FIRST + i);
        }
        assertThat(forecast(Arrays.copyOf(flat, 130)).trendPerDay()).isCloseTo(0, within(1e-9));
    }

    @Test
    void about95PercentOfWhatComesLiesInTheInterval() {
        System.out.println("seed " + SEED);
        assertThat(inside(14, 40)).isBetween(0.92, 0.98);
        // of the fewest days: an hour of the day and the trend each cost a degree of freedom
        assertThat(inside(4, 400)).isBetween(0.94, 0.96);
    }

    /** The part of two days that lies where so many days before had it expected. */
    private static double inside(int days, int rounds) {
        int inside = 0;
        int all = 0;
        Random random = new Random(SEED);
        for (int round = 0; round < rounds; round++) {
            double[] full = new double[(days + 2) * 24];
            for (int i = 0; i < full.length; i++) {
                full[i] = 0.3 + i * 0.01 / 24 + season(FIRST + i) + 0.03 * random.nextGaussian();
            }
            HourlyForecast forecast = forecast(Arrays.copyOf(full, days * 24));
            for (int i = days * 24; i < full.length; i++) {
                Expected expected = Objects.requireNonNull(forecast.at(FIRST + i));
                inside += full[i] >= expected.low() && full[i] <= expected.high() ? 1 : 0;
                all++;
            }
        }
        return (double) inside / all;
    }

    @Test
    void gapsAreLeftOutAndTooLittleIsSaid() {
        double[] hours = rising(8, 0);
        for (int i = 30; i < 50; i++) {
            hours[i] = Double.NaN;
        }
        assertThat(forecast(hours).trendPerDay()).isCloseTo(0.01, within(1e-9));
        assertThat(HourlyForecast.of(FIRST, rising(3, 0))).isNull();
        assertThat(HourlyForecast.of(FIRST, new double[0])).isNull();
        double[] days = new double[10 * 24];
        Arrays.fill(days, Double.NaN);
        Arrays.fill(days, 0, 30, 0.5);
        assertThat(HourlyForecast.of(FIRST, days)).as("ten days, mostly unknown").isNull();
    }

    @Test
    void errorsThatHangTogetherMakeTheTrendLessSure() {
        double[] alone = rising(14, 0.02);
        double[] together = rising(14, 0);
        Random random = new Random(SEED);
        double drift = 0;
        for (int i = 0; i < together.length; i++) {
            drift = 0.9 * drift + 0.02 * Math.sqrt(1 - 0.81) * random.nextGaussian();
            together[i] += drift;
        }
        assertThat(width(forecast(together), 60) / width(forecast(together), 1))
                .isGreaterThan(width(forecast(alone), 60) / width(forecast(alone), 1) * 1.2);
    }

    private static double width(HourlyForecast forecast, int daysAhead) {
        Expected expected = Objects.requireNonNull(forecast.at(FIRST + 14 * 24 + daysAhead * 24L));
        return expected.high() - expected.low();
    }

    @Test
    void aLineThroughPointsHasTheSlopeAndErrorOfTheTextbook() {
        // Anscombe's first set: y = 3.00 + 0.500 x, r2 = 0.667, standard error of the slope 0.118
        double[] x = {10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5};
        double[] y = {8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68};
        LineFit fit = Objects.requireNonNull(LineFit.of(x, y));
        assertThat(fit.slope()).isCloseTo(0.5001, within(1e-4));
        assertThat(fit.intercept()).isCloseTo(3.0001, within(1e-4));
        assertThat(fit.slopeError()).isCloseTo(0.1179, within(1e-4));
        assertThat(fit.r2()).isCloseTo(0.6665, within(1e-4));
        assertThat(fit.halfWidth()).isCloseTo(0.1179 * 2.262, within(1e-3));
        assertThat(LineFit.of(new double[] {1, 1, 1}, new double[] {1, 2, 3})).isNull();
        assertThat(LineFit.of(new double[] {1, 2}, new double[] {1, 2})).isNull();
    }

    @Test
    void studentsQuantilesAreThoseOfTheTables() {
        assertThat(StudentT.of(1)).isCloseTo(12.706, within(0.01));
        assertThat(StudentT.of(3)).isCloseTo(3.182, within(0.04));
        assertThat(StudentT.of(9)).isCloseTo(2.262, within(0.002));
        assertThat(StudentT.of(30)).isCloseTo(2.042, within(0.001));
        assertThat(StudentT.of(10_000)).isCloseTo(1.960, within(0.001));
    }
}
