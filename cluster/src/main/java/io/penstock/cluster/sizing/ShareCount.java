package io.penstock.cluster.sizing;

/**
 * How many tasks an export has, and whether some are about to go. With S the standard size of 10
 * MB/s and r the rate to plan for: hot, {@code r > 1.25 S x count}, splits at once into {@code
 * ceil(r / S)}; idle, {@code ceil(r / 0.8 S) < count} for {@link #IDLE_ROUNDS} scans on end, merges
 * into that many, the last shares one scan earlier being told to hand over. Between both nothing
 * happens, which keeps a rate at the border from splitting and merging all day.
 *
 * <p>Threading: immutable.
 *
 * @param count tasks there are
 * @param target tasks there will be after the next scan; below {@code count} while merging
 * @param previous tasks there were before this scan
 * @param idleRounds scans on end that fewer tasks would have done
 */
public record ShareCount(int count, int target, int previous, int idleRounds) {

    /** Most tasks of one export. */
    public static final int MOST = 1_000;

    /** Bytes per second of a task of standard size. */
    public static final double STANDARD_BYTES_PER_S = 10e6;

    static final int IDLE_ROUNDS = 6;

    private static final double HOT = 1.25;
    private static final double FILL_AFTER_MERGE = 0.8;

    /** Counts are 1 or more, the target no more than the count. */
    public ShareCount {
        if (count < 1 || target < 1 || target > count || previous < 0 || idleRounds < 0) {
            throw new IllegalArgumentException("no such count: " + count + ", " + target);
        }
    }

    /** The count of an export that has not run yet. */
    static ShareCount first(double bytesPerS, int partitions) {
        int count = shares(bytesPerS / STANDARD_BYTES_PER_S, most(partitions));
        return new ShareCount(count, count, 0, 0);
    }

    /** The count after another scan. */
    ShareCount next(double bytesPerS, int partitions) {
        int most = most(partitions);
        double standard = bytesPerS / STANDARD_BYTES_PER_S;
        int now = Math.min(target, most);
        if (standard > HOT * now) {
            int split = Math.max(now, shares(standard, most));
            return new ShareCount(split, split, count, 0);
        }
        int enough = shares(standard / FILL_AFTER_MERGE, most);
        if (enough >= now) {
            return new ShareCount(now, now, count, 0);
        }
        boolean merges = idleRounds + 1 >= IDLE_ROUNDS;
        return new ShareCount(now, merges ? enough : now, count, merges ? 0 : idleRounds + 1);
    }

    private static int most(int partitions) {
        return partitions == 0 ? MOST : Math.min(MOST, partitions);
    }

    private static int shares(double standard, int most) {
        return (int) Math.max(1, Math.min(most, Math.ceil(standard)));
    }
}
