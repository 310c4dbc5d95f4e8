package io.penstock.exporter.parquet;

import org.jspecify.annotations.Nullable;

/**
 * Least and greatest of numbers. For doubles as the format's thrift file says of statistics: none
 * when there is a NaN, a least zero is negative and a greatest zero positive.
 *
 * <p>Threading: confined to one thread.
 */
final class LongRange {

    private final boolean doubles;
    private long least = Long.MAX_VALUE;
    private long greatest = Long.MIN_VALUE;
    private double leastDouble = Double.POSITIVE_INFINITY;
    private double greatestDouble = Double.NEGATIVE_INFINITY;
    private boolean empty = true;
    private boolean nan;

    LongRange(boolean doubles) {
        this.doubles = doubles;
    }

    void add(long value) {
        empty = false;
        if (doubles) {
            double number = Double.longBitsToDouble(value);
            nan |= Double.isNaN(number);
            leastDouble = Math.min(leastDouble, number);
            greatestDouble = Math.max(greatestDouble, number);
        } else {
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
    }

    private boolean known() {
        return !empty && !nan;
    }

    byte @Nullable [] least() {
        if (!known()) {
            return null;
        }
        double zero = leastDouble == 0 ? -0.0 : leastDouble;
        return LittleEndian.bytes(doubles ? Double.doubleToRawLongBits(zero) : least);
    }

    byte @Nullable [] greatest() {
        if (!known()) {
            return null;
        }
        double zero = greatestDouble == 0 ? 0.0 : greatestDouble;
        return LittleEndian.bytes(doubles ? Double.doubleToRawLongBits(zero) : greatest);
    }
}
