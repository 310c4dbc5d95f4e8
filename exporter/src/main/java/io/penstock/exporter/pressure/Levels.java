package io.penstock.exporter.pressure;

/**
 * The limits of concurrency that are tried: 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, ... between two
 * bounds. Neighbours differ by a third to a half (at the lower end by more), so that what one step
 * brings or costs stands out of the noise.
 */
final class Levels {
    private final int min;
    private final int max;

    Levels(int min, int max) {
        this.min = Math.min(min, max);
        this.max = max;
    }

    int min() {
        return min;
    }

    int max() {
        return max;
    }

    int above(int level) {
        int power = Integer.highestOneBit(level);
        int next = level < power + power / 2 ? power + power / 2 : 2 * power;
        return Math.min(max, Math.max(next, level + 1));
    }

    int below(int level) {
        int power = Integer.highestOneBit(Math.max(1, level - 1));
        int next = level - 1 >= power + power / 2 ? power + power / 2 : power;
        return Math.max(min, Math.min(next, level - 1));
    }

    int half(int level) {
        return Math.max(min, level / 2);
    }
}
