package io.penstock.gateway.capacity;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A linear trend with an effect of its own for each hour of the day, by least squares: {@code y(t)
 * = trend x t + effect(hour of t)}. The trend comes from within the hours ({@code sum (t - mean t
 * of its hour)(y - mean y of its hour) / sum (t - mean t of its hour)^2}), so that a day's shape is
 * never taken for growth. The interval of 95 % for a value to come is {@code t x s x sqrt(1 + 1/n
 * of its hour + (t - mean t of its hour)^2 x inflation / Sxx)}.
 *
 * <p>Source: regression with trend and seasonal dummies (Hyndman and Athanasopoulos, Forecasting:
 * Principles and Practice, 3rd edition, 7.4). Neighbouring hours err together; {@code inflation} =
 * {@code (1 + r) / (1 - r)} with the correlation {@code r} of neighbouring errors accounts for that
 * in the trend (Santer et al. 2000, Journal of Geophysical Research 105, equation 6).
 *
 * <p>Threading: immutable.
 */
final class HourlyForecast {
    /** Fewest days; with fewer, a trend would be a guess. */
    static final int FEWEST_DAYS = 4;

    /** Hours of the day that must be known, each on {@link #FEWEST_DAYS} days less one. */
    private static final int FEWEST_HOURS = 20;

    private static final int HOURS = 24;
    private static final double MOST_CORRELATION = 0.95;

    private final double[] meanT = new double[HOURS];
    private final double[] meanY = new double[HOURS];
    private final int[] counts = new int[HOURS];
    private final double trend;
    private final double sxx;
    private final double deviation;
    private final double inflation;
    private final double factor;

    /**
     * What is expected.
     *
     * @param mean the value expected
     * @param low below it with 2.5 %
     * @param high above it with 2.5 %
     */
    record Expected(double mean, double low, double high) {}

    private HourlyForecast(long firstHour, double[] values) {
        double[] t = new double[HOURS];
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                int hour = hour(firstHour + i);
                counts[hour]++;
                t[hour] += firstHour + i;
                meanY[hour] += values[i];
            }
        }
        for (int hour = 0; hour < HOURS; hour++) {
            meanT[hour] = t[hour] / Math.max(1, counts[hour]);
            meanY[hour] /= Math.max(1, counts[hour]);
        }
        double squares = 0;
        double products = 0;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                int hour = hour(firstHour + i);
                double away = firstHour + i - meanT[hour];
                squares += away * away;
                products += away * (values[i] - meanY[hour]);
            }
        }
        sxx = squares;
        trend = products / squares;
        double[] errors = errors(firstHour, values);
        int known = Arrays.stream(counts).sum();
        int degrees = Math.max(1, known - HOURS - 1);
        deviation = Math.sqrt(sum(errors, 0) / degrees);
        double correlation = sum(errors, 0) <= 0 ? 0 : sum(errors, 1) / sum(errors, 0);
        double r = Math.min(MOST_CORRELATION, Math.max(0, correlation));
        inflation = (1 + r) / (1 - r);
        factor = StudentT.of(degrees);
    }

    /**
     * The forecast of a series; null while too little is known.
     *
     * @param firstHour number of the hour since 1970 of the first value
     * @param values an hour each; NaN for those that are not known
     */
    static @Nullable HourlyForecast of(long firstHour, double[] values) {
        int[] days = new int[HOURS];
        for (int i = 0; i < values.length; i++) {
            days[hour(firstHour + i)] += Double.isNaN(values[i]) ? 0 : 1;
        }
        long often = Arrays.stream(days).filter(n -> n >= FEWEST_DAYS - 1).count();
        boolean long4 = values.length >= (FEWEST_DAYS - 1) * HOURS + FEWEST_HOURS;
        return long4 && often >= FEWEST_HOURS ? new HourlyForecast(firstHour, values) : null;
    }

    private double[] errors(long firstHour, double[] values) {
        double[] errors = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            errors[i] = values[i] - mean(firstHour + i);
        }
        return errors;
    }

    /** Sum of the products of errors that lie so far apart. */
    private static double sum(double[] errors, int apart) {
        double sum = 0;
        for (int i = apart; i < errors.length; i++) {
            double product = errors[i] * errors[i - apart];
            sum += Double.isNaN(product) ? 0 : product;
        }
        return sum;
    }

    private static int hour(long hourNumber) {
        return (int) Math.floorMod(hourNumber, (long) HOURS);
    }

    private double mean(long hourNumber) {
        int hour = hour(hourNumber);
        return meanY[hour] + trend * (hourNumber - meanT[hour]);
    }

    /** Rise in a day. */
    double trendPerDay() {
        return trend * HOURS;
    }

    /** What is expected for an hour; an hour of the day that was never seen is never expected. */
    @Nullable Expected at(long hourNumber) {
        int hour = hour(hourNumber);
        if (counts[hour] == 0) {
            return null;
        }
        double away = hourNumber - meanT[hour];
        double width =
                factor
                        * deviation
                        * Math.sqrt(1 + 1.0 / counts[hour] + away * away * inflation / sxx);
        double mean = mean(hourNumber);
        return new Expected(mean, mean - width, mean + width);
    }
}
