package io.penstock.gateway.catalog;

import static io.penstock.gateway.catalog.Family.counter;
import static io.penstock.gateway.catalog.Family.gauge;

/** What goes out: exports, their limits, objects. */
public enum ExportMetric implements Metric {
    STATE(
            gauge(
                    "penstock_export_state",
                    "0 running, 1 backing off, 2 dead letters full, 3 paused, 4 stopped, 5 failed.",
                    "repo",
                    "export")),
    DELIVERED(
            counter(
                    "penstock_export_delivered_records_total",
                    "Records delivered since the export was made, replayed ones included.",
                    "repo",
                    "export")),
    DEAD(
            gauge(
                    "penstock_export_dead_letter_records",
                    "Records that wait as dead letters for a person.",
                    "repo",
                    "export")),
    DROPPED(
            counter(
                    "penstock_export_dropped_records_total",
                    "Records dropped by rule since the export was made.",
                    "repo",
                    "export")),
    LAG(
            gauge(
                    "penstock_export_lag_bytes",
                    "Bytes between the export's position and the ring's tail.",
                    "repo",
                    "export")),
    PARKED(
            gauge(
                    "penstock_export_parked_bytes",
                    "Part of the lag beyond ring.resident_bytes.",
                    "repo",
                    "export")),
    LAG_RECORDS(
            gauge(
                    "penstock_export_lag_records",
                    "Records accepted and not settled.",
                    "repo",
                    "export")),
    AGE(
            gauge(
                    "penstock_export_oldest_seconds",
                    "Age of the oldest record not settled; 0 when there is none.",
                    "repo",
                    "export")),
    IN_FLIGHT(
            gauge("penstock_export_in_flight", "Deliveries with the sink now.", "repo", "export")),
    DELIVERIES(
            counter(
                    "penstock_export_deliveries_total",
                    "Deliveries that the sink took since the repo was opened.",
                    "repo",
                    "export")),
    DELIVERED_BYTES(
            counter(
                    "penstock_export_delivered_bytes_total",
                    "Bytes of those deliveries, as staged.",
                    "repo",
                    "export")),
    ATTEMPTS(
            counter(
                    "penstock_export_attempts_total",
                    "Deliveries offered to the sink since the repo was opened.",
                    "repo",
                    "export")),
    FAILURES(
            counter(
                    "penstock_export_failures_total",
                    "Attempts that ended in a retry, a failure or a time-out.",
                    "repo",
                    "export")),
    CONCURRENCY(
            gauge(
                    "penstock_export_concurrency_limit",
                    "Deliveries that may be in flight, as the target bears them; see docs/pressure.md.",
                    "repo",
                    "export")),
    BATCH_LIMIT(
            gauge(
                    "penstock_export_batch_limit_bytes",
                    "Bytes that a delivery may have, as the target bears them.",
                    "repo",
                    "export")),
    LIMIT_CHANGES(
            counter(
                    "penstock_export_limit_changes_total",
                    "Moves of these two limits since the repo was opened, by what moved them.",
                    "repo",
                    "export",
                    "signal")),
    RATE_HELD(
            counter(
                    "penstock_export_rate_held_seconds_total",
                    "Time during which nothing else but rate.* kept a delivery from starting.",
                    "repo",
                    "export")),
    OBJECT_OPEN_WINDOWS(
            gauge(
                    "penstock_object_open_windows",
                    "Hours whose rows an object sink collects on the local disk.",
                    "repo",
                    "export")),
    OBJECT_SEALED_WINDOWS(
            gauge(
                    "penstock_object_sealed_windows",
                    "Collected rows that wait to be encoded and published, or are; see max_sealed_windows.",
                    "repo",
                    "export")),
    OBJECT_STAGED_BYTES(
            gauge(
                    "penstock_object_staged_bytes",
                    "Bytes of all collected rows on the local disk; see max_staged_bytes.",
                    "repo",
                    "export")),
    OBJECT_PUBLISHED_FILES(
            counter(
                    "penstock_object_published_files_total",
                    "Objects published since the sink was made; markers are not counted.",
                    "repo",
                    "export")),
    OBJECT_PUBLISHED_BYTES(
            counter(
                    "penstock_object_published_bytes_total",
                    "Bytes of those objects.",
                    "repo",
                    "export")),
    OBJECT_FAILURES(
            counter(
                    "penstock_object_publish_failures_total",
                    "Publications of objects and markers that failed; each is tried again.",
                    "repo",
                    "export")),
    ENCODES_RUNNING(
            gauge("penstock_encodes_running", "Encodes of objects that run now, of all exports.")),
    ENCODES_WAITING(
            gauge(
                    "penstock_encodes_waiting",
                    "Encodes that wait for others to end; see max_encodes."));

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts
    private final Family family;

    ExportMetric(Family family) {
        this.family = family;
    }

    @Override
    public Family family() {
        return family;
    }
}
