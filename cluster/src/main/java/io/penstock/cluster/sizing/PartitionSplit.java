package io.penstock.cluster.sizing;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Deals partitions to the tasks of an export: what has a task keeps it while that is fair, the rest
 * goes largest first to the task with least; a task with more than {@link #HOT} times the mean
 * gives some away.
 *
 * <p>Threading: any thread; a pure function.
 */
public final class PartitionSplit {

    /** Share of the mean beyond which a task gives partitions away. */
    static final double HOT = 1.25;

    private final double[] rates;
    private final int[] owner;
    private final double[] load;
    private final int[] held;

    private PartitionSplit(double[] rates, int[] before, int shares) {
        double sum = IntStream.range(0, rates.length).mapToDouble(p -> rates[p]).sum();
        // a partition without data counts a little, so that these are dealt evenly too
        double least = sum > 0 ? sum / rates.length / 1_000 : 1;
        this.rates =
                IntStream.range(0, rates.length)
                        .mapToDouble(p -> Math.max(least, rates[p]))
                        .toArray();
        owner = new int[rates.length];
        load = new double[shares];
        held = new int[shares];
        for (int p = 0; p < rates.length; p++) {
            owner[p] = -1;
            if (p < before.length && before[p] >= 0 && before[p] < shares) {
                give(p, before[p]);
            }
        }
    }

    /**
     * Deals.
     *
     * @param rates rate of each partition, 0 or more
     * @param before share that each partition had; -1, or a shorter array, where it had none
     * @param shares tasks to deal to, 1 or more
     * @return share of each partition; every share has one if there are enough
     */
    public static int[] deal(double[] rates, int[] before, int shares) {
        if (shares < 1) {
            throw new IllegalArgumentException("no tasks to deal partitions to");
        }
        PartitionSplit split = new PartitionSplit(rates, before, shares);
        split.dealTheRest();
        split.fillTheEmpty();
        split.coolTheHot();
        return split.owner;
    }

    private void dealTheRest() {
        IntStream.range(0, rates.length)
                .filter(p -> owner[p] < 0)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer p) -> -rates[p]).thenComparing(p -> p))
                .forEach(p -> give(p, least()));
    }

    private void fillTheEmpty() {
        for (int share = 0; share < held.length && rates.length >= held.length; share++) {
            while (held[share] == 0) {
                int richest = 0;
                for (int s = 1; s < held.length; s++) {
                    richest = held[s] > held[richest] ? s : richest;
                }
                give(largestOf(richest), share);
            }
        }
    }

    /** Every step makes the sum of squares smaller; there are never more than partitions. */
    private void coolTheHot() {
        double mean = IntStream.range(0, load.length).mapToDouble(s -> load[s]).average().orElse(0);
        for (int step = 0; step < rates.length; step++) {
            int hot = 0;
            for (int s = 1; s < load.length; s++) {
                hot = load[s] > load[hot] ? s : hot;
            }
            int cold = least();
            int best = held[hot] > 1 && load[hot] > HOT * mean ? bestOf(hot, cold) : -1;
            if (best < 0) {
                return;
            }
            give(best, cold);
        }
    }

    /** The partition whose move evens two shares most; -1 if none evens them. */
    private int bestOf(int hot, int cold) {
        double gap = load[hot] - load[cold];
        int best = -1;
        for (int p = 0; p < rates.length; p++) {
            boolean evens = owner[p] == hot && rates[p] < gap;
            if (evens
                    && (best < 0
                            || Math.abs(gap / 2 - rates[p]) < Math.abs(gap / 2 - rates[best]))) {
                best = p;
            }
        }
        return best;
    }

    private int largestOf(int share) {
        int best = -1;
        for (int p = 0; p < rates.length; p++) {
            if (owner[p] == share && (best < 0 || rates[p] > rates[best])) {
                best = p;
            }
        }
        return best;
    }

    private int least() {
        int least = 0;
        for (int s = 1; s < load.length; s++) {
            least = load[s] < load[least] ? s : least;
        }
        return least;
    }

    private void give(int partition, int share) {
        if (owner[partition] >= 0) {
            load[owner[partition]] -= rates[partition];
            held[owner[partition]]--;
        }
        owner[partition] = share;
        load[share] += rates[partition];
        held[share]++;
    }
}
