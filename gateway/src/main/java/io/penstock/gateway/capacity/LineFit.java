package io.penstock.gateway.capacity;

import org.jspecify.annotations.Nullable;

/**
 * A straight line through points by least squares: {@code slope = Sxy / Sxx}, and {@code slopeError
 * = sqrt(SSE / (n - 2) / Sxx)}. The interval of 95 % is {@code slope +/- t x slopeError} with
 * {@code n - 2} degrees of freedom. As in every textbook, e.g. Draper and Smith, Applied Regression
 * Analysis, chapter 1.
 *
 * <p>Threading: immutable.
 *
 * @param count points
 * @param intercept value at 0
 * @param slope rise per unit
 * @param slopeError standard error of the slope
 * @param r2 part of the variance that the line explains, 0 to 1
 */
record LineFit(int count, double intercept, double slope, double slopeError, double r2) {
    /** Fewest points. */
    static final int FEWEST = 3;

    /** The line, or null where the points are too few or all at one place. */
    static @Nullable LineFit of(double[] x, double[] y) {
        int n = x.length;
        if (n < FEWEST) {
            return null;
        }
        double meanX = mean(x);
        double meanY = mean(y);
        double sxx = 0;
        double sxy = 0;
        double syy = 0;
        for (int i = 0; i < n; i++) {
            sxx += (x[i] - meanX) * (x[i] - meanX);
            sxy += (x[i] - meanX) * (y[i] - meanY);
            syy += (y[i] - meanY) * (y[i] - meanY);
        }
        if (sxx <= 0) {
            return null;
        }
        double slope = sxy / sxx;
        double sse = Math.max(0, syy - slope * sxy);
        double r2 = syy <= 0 ? 0 : 1 - sse / syy;
        return new LineFit(n, meanY - slope * meanX, slope, Math.sqrt(sse / (n - 2) / sxx), r2);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Half the width of the interval of 95 %. */
    double halfWidth() {
        return StudentT.of(count - 2) * slopeError;
    }
}
