package io.penstock.gateway.metrics;

import com.codahale.metrics.Reservoir;
import com.codahale.metrics.Snapshot;
import com.codahale.metrics.WeightedSnapshot;
import com.codahale.metrics.WeightedSnapshot.WeightedSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Durations in nanoseconds, counted in buckets that are the same for everything, so that pages of
 * many nodes add up. A fixed array, whatever is measured and for how long.
 *
 * <p>Threading: any thread.
 */
public final class LatencyReservoir implements Reservoir {
    /** Upper bounds: 1, 2.5 and 5 of every power of ten, from 10 µs to 100 s. */
    static final long[] BOUNDS_NS = bounds();

    private final LongAdder[] counts = new LongAdder[BOUNDS_NS.length + 1];
    private final LongAdder sumNs = new LongAdder();

    /** An empty one. */
    public LatencyReservoir() {
        Arrays.setAll(counts, i -> new LongAdder());
    }

    private static long[] bounds() {
        List<Long> bounds = new ArrayList<>();
        for (long decade = 10_000; decade < 100_000_000_000L; decade *= 10) {
            bounds.addAll(List.of(decade, decade * 5 / 2, decade * 5));
        }
        bounds.add(100_000_000_000L);
        return bounds.stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public void update(long ns) {
        int found = Arrays.binarySearch(BOUNDS_NS, ns);
        counts[found >= 0 ? found : -found - 1].increment();
        sumNs.add(ns);
    }

    long count(int bucket) {
        return counts[bucket].sum();
    }

    /** How much there is in each bucket now. */
    public long[] counts() {
        return Arrays.stream(counts).mapToLong(LongAdder::sum).toArray();
    }

    /**
     * A quantile of what was measured between two {@link #counts}, as the upper bound of its
     * bucket.
     *
     * @return nanoseconds, or -1 when nothing was measured
     */
    public static long quantileNs(double quantile, long[] before, long[] now) {
        long all = Arrays.stream(now).sum() - Arrays.stream(before).sum();
        long rank = (long) Math.ceil(all * quantile);
        long below = 0;
        for (int i = 0; i < now.length; i++) {
            below += now[i] - before[i];
            if (below >= rank && below > 0) {
                return BOUNDS_NS[Math.min(i, BOUNDS_NS.length - 1)];
            }
        }
        return -1;
    }

    long sumNs() {
        return sumNs.sum();
    }

    @Override
    public int size() {
        return counts.length;
    }

    /** Quantiles as upper bounds of their buckets. */
    @Override
    public Snapshot getSnapshot() {
        List<WeightedSample> samples = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            long count = count(i);
            if (count > 0) {
                long bound = BOUNDS_NS[Math.min(i, BOUNDS_NS.length - 1)];
                samples.add(new WeightedSample(bound, count));
            }
        }
        return new WeightedSnapshot(samples);
    }
}
