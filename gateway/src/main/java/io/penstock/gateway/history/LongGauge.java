package io.penstock.gateway.history;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the long memory keeps, and how the seconds of an interval become one value. The order is the
 * order in the files: new ones go behind the last of their owner.
 */
public enum LongGauge {
    /** Records staged. */
    ACCEPTED(Owner.NODE, How.MEAN, "accepted_per_s"),
    /** Bytes of them. */
    ACCEPTED_BYTES(Owner.NODE, How.MEAN, "accepted_bytes_per_s"),
    /** Records delivered by all exports. */
    DELIVERED(Owner.NODE, How.MEAN, "delivered_per_s"),
    /** Batches refused. */
    REFUSED(Owner.NODE, How.MEAN, "refused_per_s"),
    /** Records that wait, of all exports. */
    LAG_RECORDS(Owner.NODE, How.MAX, "lag_records"),
    /** Bytes of them. */
    LAG_BYTES(Owner.NODE, How.MAX, "lag_bytes"),
    /** Age of the oldest of them. */
    OLDEST_AGE(Owner.NODE, How.MAX, "oldest_age_ms"),
    /** Cores that this process was busy with. */
    PROCESS_CORES(Owner.NODE, How.MEAN, "process_cores"),
    /** Cores that the machine was busy with. */
    MACHINE_CORES(Owner.NODE, How.MEAN, "machine_cores"),
    /** The same for its busiest {@link MachineLook#EVERY} seconds. */
    MACHINE_CORES_PEAK(Owner.NODE, How.MAX, "machine_cores_peak"),
    /** Heap in use behind the last collection. */
    HEAP_LIVE(Owner.NODE, How.MAX, "heap_live_bytes"),
    /** Segment files of the open repos. */
    RING_DISK(Owner.NODE, How.MAX, "ring_disk_bytes"),
    /** Bytes over all interfaces but loopback, both ways. */
    NETWORK(Owner.NODE, How.MEAN, "network_bytes_per_s"),
    /** Free where the node keeps its data. */
    FREE_DISK(Owner.NODE, How.MIN, "free_disk_bytes"),
    /** Memory of this process. */
    RESIDENT(Owner.NODE, How.MAX, "resident_bytes"),
    /** Part of the time in which a target bore no more while records waited for over a second. */
    TARGET_FULL(Owner.NODE, How.MEAN, "target_full"),

    /** Records staged. */
    REPO_ACCEPTED(Owner.REPO, How.MEAN, "accepted_per_s"),
    /** Bytes written to the ring. */
    REPO_STAGED_BYTES(Owner.REPO, How.MEAN, "staged_bytes_per_s"),

    /** Records delivered. */
    EXPORT_DELIVERED(Owner.EXPORT, How.MEAN, "delivered_per_s"),
    /** Attempts that failed. */
    EXPORT_FAILURES(Owner.EXPORT, How.MEAN, "failures_per_s"),
    /** Records that wait. */
    EXPORT_LAG_RECORDS(Owner.EXPORT, How.MAX, "lag_records"),
    /** Bytes of them. */
    EXPORT_LAG_BYTES(Owner.EXPORT, How.MAX, "lag_bytes"),
    /** Age of the oldest of them. */
    EXPORT_AGE(Owner.EXPORT, How.MAX, "oldest_age_ms"),
    /** Deliveries with the sink. */
    EXPORT_IN_FLIGHT(Owner.EXPORT, How.MAX, "in_flight"),
    /** How many there may be. */
    EXPORT_LIMIT(Owner.EXPORT, How.MAX, "concurrency_limit"),
    /** Records that became dead letters. */
    EXPORT_DEAD(Owner.EXPORT, How.SUM, "dead_lettered"),
    /** Records dropped by rule or by a person. */
    EXPORT_DROPPED(Owner.EXPORT, How.SUM, "dropped"),
    /** Seconds in which the oldest record was up to 100 ms old, or there was none. */
    AGE_100_MS(Owner.EXPORT, How.SUM, "age_100_ms"),
    /** Up to 300 ms, and more than the one before. */
    AGE_300_MS(Owner.EXPORT, How.SUM, "age_300_ms"),
    /** Up to a second. */
    AGE_1_S(Owner.EXPORT, How.SUM, "age_1_s"),
    /** Up to 3 seconds. */
    AGE_3_S(Owner.EXPORT, How.SUM, "age_3_s"),
    /** Up to 10 seconds. */
    AGE_10_S(Owner.EXPORT, How.SUM, "age_10_s"),
    /** Up to 30 seconds. */
    AGE_30_S(Owner.EXPORT, How.SUM, "age_30_s"),
    /** Up to a minute. */
    AGE_1_MIN(Owner.EXPORT, How.SUM, "age_1_min"),
    /** Up to 5 minutes. */
    AGE_5_MIN(Owner.EXPORT, How.SUM, "age_5_min"),
    /** Up to an hour. */
    AGE_1_H(Owner.EXPORT, How.SUM, "age_1_h"),
    /** More than that. */
    AGE_MORE(Owner.EXPORT, How.SUM, "age_more");

    /** Upper bounds of {@link #ages}, in milliseconds; the last has none. */
    public static final List<Long> AGE_BOUNDS_MS =
            List.of(100L, 300L, 1_000L, 3_000L, 10_000L, 30_000L, 60_000L, 300_000L, 3_600_000L);

    private static final Map<Owner, List<LongGauge>> BY_OWNER = new EnumMap<>(Owner.class);

    static {
        for (Owner owner : Owner.values()) {
            BY_OWNER.put(
                    owner, Arrays.stream(values()).filter(gauge -> gauge.owner == owner).toList());
        }
    }

    /** What a series is of. */
    enum Owner {
        NODE,
        REPO,
        EXPORT;

        static Owner of(String repo, String export) {
            return repo.isEmpty() ? NODE : export.isEmpty() ? REPO : EXPORT;
        }

        List<LongGauge> gauges() {
            return BY_OWNER.getOrDefault(this, List.of());
        }
    }

    /** How seconds become a value. */
    enum How {
        MEAN,
        MAX,
        MIN,
        SUM
    }

    private final Owner owner;
    private final How how;
    private final String word;

    LongGauge(Owner owner, How how, String word) {
        this.owner = owner;
        this.how = how;
        this.word = word;
    }

    /** The name in answers. */
    public String word() {
        return word;
    }

    How how() {
        return how;
    }

    /** Place among those of its owner. */
    int index() {
        return owner.gauges().indexOf(this);
    }

    /** Its value in an interval; NaN where it was not known. */
    public double of(Cell cell) {
        return cell.values()[index()];
    }

    /** The seconds of an export by the age of its oldest record, youngest first. */
    public static List<LongGauge> ages() {
        return Owner.EXPORT.gauges().subList(AGE_100_MS.index(), AGE_MORE.index() + 1);
    }

    /** Which of {@link #ages} an age counts for. */
    static int ageClass(long ageMs) {
        int at = 0;
        while (at < AGE_BOUNDS_MS.size() && ageMs > AGE_BOUNDS_MS.get(at)) {
            at++;
        }
        return at;
    }
}
