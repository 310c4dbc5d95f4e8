package io.penstock.gateway.catalog;

import static io.penstock.gateway.catalog.Family.counter;
import static io.penstock.gateway.catalog.Family.gauge;

/** What is staged and whose it is: repos, the sources that fill them, tenants. */
public enum RepoMetric implements Metric {
    STAGED_BYTES(
            gauge(
                    "penstock_staged_bytes",
                    "Bytes staged by all open repos, parked ones included.")),
    SYNC_ROUNDS(counter("penstock_sync_rounds_total", "Rounds of the group sync.")),
    LEDGER_RESIDUE(
            gauge(
                    "penstock_ledger_residue_records",
                    "Records that the ledger cannot explain, as of the last look; must be 0.")),
    LEDGER_TIME(
            gauge(
                    "penstock_ledger_timestamp_seconds",
                    "When the ledger was looked at last, Unix time; at most every 10 minutes.")),
    REPOS_KNOWN(
            gauge(
                    "penstock_repos_known",
                    "Repos that lie on this node's disk, open or not; a closed one has no series of its own.")),
    REPOS_OPEN(gauge("penstock_repos_open", "Repos whose ring is open.")),
    REPOS_LEFT_OUT(
            gauge(
                    "penstock_repos_left_out",
                    "Open repos that this page leaves out because there are too many.")),
    STATE(
            gauge(
                    "penstock_repo_state",
                    "0 opening, 1 active, 2 draining, 3 closed, 4 failed.",
                    "repo")),
    ACCEPTED(
            counter(
                    "penstock_repo_accepted_records_total",
                    "Records accepted since the repo was made.",
                    "repo")),
    DISK(gauge("penstock_repo_disk_bytes", "Bytes of the ring's files.", "repo")),
    SEGMENTS(gauge("penstock_repo_segments", "Segments with live data.", "repo")),
    QUARANTINED(
            counter(
                    "penstock_repo_quarantined_entries_total",
                    "Entries that failed their checksum and were passed over.",
                    "repo")),
    SOURCE_RECORDS(
            counter(
                    "penstock_source_records_total",
                    "Records staged by the source since start.",
                    "repo",
                    "source")),
    SOURCE_BYTES(
            counter(
                    "penstock_source_bytes_total",
                    "Bytes of those, as they lie in the ring.",
                    "repo",
                    "source")),
    SOURCE_REFUSALS(
            counter(
                    "penstock_source_refusals_total",
                    "Offers of the source that the stage refused; each is made again.",
                    "repo",
                    "source")),
    SOURCE_LAG(
            gauge(
                    "penstock_source_lag_records",
                    "Records that the brokers have and the source has not fetched, as far as known.",
                    "repo",
                    "source")),
    SOURCE_QUEUED(
            gauge(
                    "penstock_source_queued_bytes",
                    "Bytes fetched and not yet staged; see sources[].prefetch_bytes.",
                    "repo",
                    "source")),
    SOURCE_PARTITIONS(
            gauge(
                    "penstock_source_partitions",
                    "Partitions that the source has now.",
                    "repo",
                    "source")),
    SOURCE_PAUSED(
            gauge(
                    "penstock_source_paused_partitions",
                    "Partitions that are not fetched now, for want of room.",
                    "repo",
                    "source")),
    SOURCE_TROUBLED(
            gauge(
                    "penstock_source_troubled",
                    "1 while something keeps the source from pulling or staging.",
                    "repo",
                    "source")),
    TENANT_REQUESTS(
            counter("penstock_tenant_accepted_total", "Batches staged, by tenant.", "tenant")),
    TENANT_BYTES(
            counter(
                    "penstock_tenant_accepted_bytes_total",
                    "Bytes of those, uncompressed.",
                    "tenant")),
    TENANT_REFUSALS(
            counter(
                    "penstock_tenant_refusals_total",
                    "Times that a limit of the tenant was in the way; a paused stream asks ten times a second.",
                    "tenant",
                    "reason")),
    TENANT_IN_FLIGHT(
            gauge("penstock_tenant_in_flight", "Requests that wait for their answers.", "tenant")),
    TENANT_GATHERED(
            gauge(
                    "penstock_tenant_gathered_bytes",
                    "Bytes of requests that are not whole.",
                    "tenant")),
    TENANT_STAGED(
            gauge(
                    "penstock_tenant_staged_bytes",
                    "Bytes staged by the open repos of the tenant, parked ones included.",
                    "tenant")),
    TENANT_DISK(
            gauge(
                    "penstock_tenant_disk_bytes",
                    "Bytes of the segment files of the tenant's open repos.",
                    "tenant")),
    TENANT_REPOS(gauge("penstock_tenant_repos", "Repos that exist, open or not.", "tenant")),
    TENANT_DELIVERIES(gauge("penstock_tenant_deliveries", "Deliveries with sinks.", "tenant")),
    TENANT_CONNECTIONS(
            gauge("penstock_tenant_connections", "Connections of the tenant.", "tenant"));

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts
    private final Family family;

    RepoMetric(Family family) {
        this.family = family;
    }

    @Override
    public Family family() {
        return family;
    }
}
