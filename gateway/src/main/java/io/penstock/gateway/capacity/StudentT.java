package io.penstock.gateway.capacity;

/**
 * Quantiles of Student's distribution for intervals of 95 %, by the expansion of Abramowitz and
 * Stegun, Handbook of Mathematical Functions, 26.7.5; from 3 degrees on within 1 %.
 */
final class StudentT {
    private static final double NORMAL = 1.959964;

    /** For 1 and 2 degrees, where the expansion does not serve. */
    private static final double[] FEW = {12.706, 4.303};

    private StudentT() {}

    /** The quantile of 97.5 %. */
    static double of(double degrees) {
        if (degrees < 3) {
            return degrees < 2 ? FEW[0] : FEW[1];
        }
        double x = NORMAL;
        double x3 = x * x * x;
        double x5 = x3 * x * x;
        double x7 = x5 * x * x;
        double g1 = (x3 + x) / 4;
        double g2 = (5 * x5 + 16 * x3 + 3 * x) / 96;
        double g3 = (3 * x7 + 19 * x5 + 17 * x3 - 15 * x) / 384;
        return x + g1 / degrees + g2 / (degrees * degrees) + g3 / Math.pow(degrees, 3);
    }
}
