package io.penstock.perf.report;

import java.util.Locale;

/** One measured quantity; the key is its name in JSON. */
public enum Metric {
    MB_PER_S("mbPerS", "MB/s", 0),
    RECORDS_PER_S("recordsPerS", "records/s", 0),
    REQUESTS_PER_S("requestsPerS", "requests/s", 0),
    CPU_S_PER_GB("cpuSPerGb", "CPU s/GB", 3),
    CPU_S_PER_M_RECORDS("cpuSPerMRecords", "CPU s/M records", 3),
    P50_MS("p50Ms", "p50 ms", 3),
    P99_MS("p99Ms", "p99 ms", 3),
    P999_MS("p999Ms", "p99.9 ms", 3),
    RSS_MB("rssMb", "RSS MB", 0),
    PEAK_RSS_MB("peakRssMb", "peak RSS MB", 0),
    ANONYMOUS_MB("anonymousMb", "RSS without mapped files MB", 0),
    CORES("cores", "cores used", 2),
    REFUSED_PER_S("refusedPerS", "refusals/s", 0),
    LOADER_CORES("loaderCores", "cores of the loader", 2),
    FOREIGN_CORES("foreignCores", "cores of others", 2);

    private final String key;
    private final String title;
    private final int decimals;

    Metric(String key, String title, int decimals) {
        this.key = key;
        this.title = title;
        this.decimals = decimals;
    }

    /** Name in JSON. */
    public String key() {
        return key;
    }

    /** Name for people, with the unit. */
    public String title() {
        return title;
    }

    /** As people read it. */
    public String format(double value) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
