package io.penstock.gateway.metrics;

import java.util.List;
import java.util.Locale;

/**
 * Every metric this node tells of. docs/metrics.md holds the same as a table, and a test holds it
 * there.
 */
public enum Metric {
    INGRESS_REQUESTS(
            Kind.COUNTER,
            "penstock_ingress_requests_total",
            "Whole requests that came in, by transport.",
            "transport"),
    INGRESS_BYTES(
            Kind.COUNTER,
            "penstock_ingress_bytes_total",
            "Bytes of those requests, as they came over the wire.",
            "transport"),
    INGRESS_ACCEPTED(
            Kind.COUNTER,
            "penstock_ingress_accepted_total",
            "Requests answered with a receipt.",
            "transport"),
    INGRESS_FAULTS(
            Kind.COUNTER,
            "penstock_ingress_faults_total",
            "Requests answered with a fault, by kind.",
            "transport",
            "kind"),
    INGRESS_OPEN(
            Kind.GAUGE,
            "penstock_ingress_open_calls",
            "HTTP requests, unary calls and streams that are open.",
            "transport"),
    INGRESS_CONNECTIONS(
            Kind.GAUGE, "penstock_ingress_connections", "Connections to the data port."),
    INGRESS_CLOSED(
            Kind.COUNTER,
            "penstock_ingress_connections_closed_total",
            "Connections to the data port that were closed or not let in, by reason; see"
                    + " docs/limits.md.",
            "reason"),
    INGRESS_WINDOW(
            Kind.GAUGE,
            "penstock_ingress_window_bytes",
            "HTTP/2 windows beyond the first 64 KiB; see ingress.guard.max_window_bytes."),
    INGRESS_INFLIGHT(
            Kind.GAUGE,
            "penstock_ingress_inflight_bytes",
            "Bytes of requests that are not staged yet; see ingress.max_inflight_bytes."),
    INTAKE_BATCHES(Kind.COUNTER, "penstock_intake_batches_total", "Batches staged since start."),
    INTAKE_RECORDS(Kind.COUNTER, "penstock_intake_records_total", "Records staged since start."),
    INTAKE_BYTES(
            Kind.COUNTER,
            "penstock_intake_bytes_total",
            "Bytes of batches staged since start, as they lie in the ring."),
    INTAKE_APPENDS(
            Kind.COUNTER,
            "penstock_intake_appends_total",
            "Appends to rings; batches over appends is how well small requests are coalesced."),
    INTAKE_DUPLICATES(
            Kind.COUNTER,
            "penstock_intake_duplicates_total",
            "Batches acknowledged again because they were staged before."),
    INTAKE_REFUSALS(
            Kind.COUNTER,
            "penstock_intake_refusals_total",
            "Batches refused, by reason.",
            "reason"),
    ACK_SECONDS(
            Kind.HISTOGRAM,
            "penstock_ack_seconds",
            "From offer to receipt, by acknowledgement level; one sample per millisecond and loop.",
            "ack"),
    STAGED_BYTES(
            Kind.GAUGE,
            "penstock_staged_bytes",
            "Bytes staged by all open repos, parked ones included."),
    SYNC_ROUNDS(Kind.COUNTER, "penstock_sync_rounds_total", "Rounds of the group sync."),
    REPOS_KNOWN(
            Kind.GAUGE,
            "penstock_repos_known",
            "Repos that lie on this node's disk, open or not; a closed one has no series of its own."),
    REPOS_OPEN(Kind.GAUGE, "penstock_repos_open", "Repos whose ring is open."),
    REPOS_LEFT_OUT(
            Kind.GAUGE,
            "penstock_repos_left_out",
            "Open repos that this page leaves out because there are too many."),
    REPO_STATE(
            Kind.GAUGE,
            "penstock_repo_state",
            "0 opening, 1 active, 2 draining, 3 closed, 4 failed.",
            "repo"),
    REPO_ACCEPTED(
            Kind.COUNTER,
            "penstock_repo_accepted_records_total",
            "Records accepted since the repo was made.",
            "repo"),
    REPO_DISK(Kind.GAUGE, "penstock_repo_disk_bytes", "Bytes of the ring's files.", "repo"),
    REPO_SEGMENTS(Kind.GAUGE, "penstock_repo_segments", "Segments with live data.", "repo"),
    REPO_QUARANTINED(
            Kind.COUNTER,
            "penstock_repo_quarantined_entries_total",
            "Entries that failed their checksum and were passed over.",
            "repo"),
    EXPORT_STATE(
            Kind.GAUGE,
            "penstock_export_state",
            "0 running, 1 backing off, 2 dead letters full, 3 paused, 4 stopped, 5 failed.",
            "repo",
            "export"),
    EXPORT_DELIVERED(
            Kind.COUNTER,
            "penstock_export_delivered_records_total",
            "Records delivered since the export was made, replayed ones included.",
            "repo",
            "export"),
    EXPORT_DEAD(
            Kind.GAUGE,
            "penstock_export_dead_letter_records",
            "Records that wait as dead letters for a person.",
            "repo",
            "export"),
    EXPORT_DROPPED(
            Kind.COUNTER,
            "penstock_export_dropped_records_total",
            "Records dropped by rule since the export was made.",
            "repo",
            "export"),
    EXPORT_LAG(
            Kind.GAUGE,
            "penstock_export_lag_bytes",
            "Bytes between the export's position and the ring's tail.",
            "repo",
            "export"),
    EXPORT_PARKED(
            Kind.GAUGE,
            "penstock_export_parked_bytes",
            "Part of the lag beyond ring.resident_bytes.",
            "repo",
            "export"),
    EXPORT_LAG_RECORDS(
            Kind.GAUGE,
            "penstock_export_lag_records",
            "Records accepted and not settled.",
            "repo",
            "export"),
    EXPORT_AGE(
            Kind.GAUGE,
            "penstock_export_oldest_seconds",
            "Age of the oldest record not settled; 0 when there is none.",
            "repo",
            "export"),
    EXPORT_IN_FLIGHT(
            Kind.GAUGE,
            "penstock_export_in_flight",
            "Deliveries with the sink now.",
            "repo",
            "export"),
    EXPORT_DELIVERIES(
            Kind.COUNTER,
            "penstock_export_deliveries_total",
            "Deliveries that the sink took since the repo was opened.",
            "repo",
            "export"),
    EXPORT_DELIVERED_BYTES(
            Kind.COUNTER,
            "penstock_export_delivered_bytes_total",
            "Bytes of those deliveries, as staged.",
            "repo",
            "export"),
    EXPORT_ATTEMPTS(
            Kind.COUNTER,
            "penstock_export_attempts_total",
            "Deliveries offered to the sink since the repo was opened.",
            "repo",
            "export"),
    EXPORT_FAILURES(
            Kind.COUNTER,
            "penstock_export_failures_total",
            "Attempts that ended in a retry, a failure or a time-out.",
            "repo",
            "export"),
    EXPORT_CONCURRENCY(
            Kind.GAUGE,
            "penstock_export_concurrency_limit",
            "Deliveries that may be in flight, as the target bears them; see docs/pressure.md.",
            "repo",
            "export"),
    EXPORT_BATCH_LIMIT(
            Kind.GAUGE,
            "penstock_export_batch_limit_bytes",
            "Bytes that a delivery may have, as the target bears them.",
            "repo",
            "export"),
    EXPORT_LIMIT_CHANGES(
            Kind.COUNTER,
            "penstock_export_limit_changes_total",
            "Moves of these two limits since the repo was opened, by what moved them.",
            "repo",
            "export",
            "signal"),
    EXPORT_RATE_HELD(
            Kind.COUNTER,
            "penstock_export_rate_held_seconds_total",
            "Time during which nothing else but rate.* kept a delivery from starting.",
            "repo",
            "export"),
    SOURCE_RECORDS(
            Kind.COUNTER,
            "penstock_source_records_total",
            "Records staged by the source since start.",
            "repo",
            "source"),
    SOURCE_BYTES(
            Kind.COUNTER,
            "penstock_source_bytes_total",
            "Bytes of those, as they lie in the ring.",
            "repo",
            "source"),
    SOURCE_REFUSALS(
            Kind.COUNTER,
            "penstock_source_refusals_total",
            "Offers of the source that the stage refused; each is made again.",
            "repo",
            "source"),
    SOURCE_LAG(
            Kind.GAUGE,
            "penstock_source_lag_records",
            "Records that the brokers have and the source has not fetched, as far as known.",
            "repo",
            "source"),
    SOURCE_QUEUED(
            Kind.GAUGE,
            "penstock_source_queued_bytes",
            "Bytes fetched and not yet staged; see sources[].prefetch_bytes.",
            "repo",
            "source"),
    SOURCE_PARTITIONS(
            Kind.GAUGE,
            "penstock_source_partitions",
            "Partitions that the source has now.",
            "repo",
            "source"),
    SOURCE_PAUSED(
            Kind.GAUGE,
            "penstock_source_paused_partitions",
            "Partitions that are not fetched now, for want of room.",
            "repo",
            "source"),
    SOURCE_TROUBLED(
            Kind.GAUGE,
            "penstock_source_troubled",
            "1 while something keeps the source from pulling or staging.",
            "repo",
            "source"),
    OBJECT_OPEN_WINDOWS(
            Kind.GAUGE,
            "penstock_object_open_windows",
            "Hours whose rows an object sink collects on the local disk.",
            "repo",
            "export"),
    OBJECT_SEALED_WINDOWS(
            Kind.GAUGE,
            "penstock_object_sealed_windows",
            "Collected rows that wait to be encoded and published, or are; see max_sealed_windows.",
            "repo",
            "export"),
    OBJECT_STAGED_BYTES(
            Kind.GAUGE,
            "penstock_object_staged_bytes",
            "Bytes of all collected rows on the local disk; see max_staged_bytes.",
            "repo",
            "export"),
    OBJECT_PUBLISHED_FILES(
            Kind.COUNTER,
            "penstock_object_published_files_total",
            "Objects published since the sink was made; markers are not counted.",
            "repo",
            "export"),
    OBJECT_PUBLISHED_BYTES(
            Kind.COUNTER,
            "penstock_object_published_bytes_total",
            "Bytes of those objects.",
            "repo",
            "export"),
    OBJECT_FAILURES(
            Kind.COUNTER,
            "penstock_object_publish_failures_total",
            "Publications of objects and markers that failed; each is tried again.",
            "repo",
            "export"),
    ENCODES_RUNNING(
            Kind.GAUGE,
            "penstock_encodes_running",
            "Encodes of objects that run now, of all exports."),
    ENCODES_WAITING(
            Kind.GAUGE,
            "penstock_encodes_waiting",
            "Encodes that wait for others to end; see max_encodes."),
    NODE_STATE(
            Kind.GAUGE,
            "penstock_node_state",
            "0 latent, 1 starting, 2 running, 3 draining, 4 stopped."),
    CLUSTER_LEADS(Kind.GAUGE, "penstock_cluster_leads", "1 while this node leads the cluster."),
    CLUSTER_EPOCH(
            Kind.GAUGE,
            "penstock_cluster_table_epoch",
            "Epoch of the table of assignments that this node goes by."),
    CLUSTER_TABLE(Kind.GAUGE, "penstock_cluster_table_sequence", "Its number within that epoch."),
    CLUSTER_RUNNING(
            Kind.GAUGE, "penstock_cluster_tasks", "Tasks that are assigned to this node and run."),
    CLUSTER_LEASE_LEFT(
            Kind.GAUGE,
            "penstock_cluster_lease_left_seconds",
            "Time until this node's lease ends if nothing renews it; below 0 when it is over."),
    CLUSTER_LAPSES(
            Kind.COUNTER,
            "penstock_cluster_lease_lapses_total",
            "Leases of this node that ended because nothing renewed them."),
    CLUSTER_STORE_READS(
            Kind.COUNTER,
            "penstock_cluster_store_reads_total",
            "Reads of the store of tables by this node."),
    CLUSTER_REFUSED(
            Kind.COUNTER,
            "penstock_cluster_messages_refused_total",
            "Messages of other nodes that were damaged, of a later format, or not for them to send."),
    CLUSTER_DROPPED(
            Kind.COUNTER,
            "penstock_cluster_messages_dropped_total",
            "Messages and answers for which this node had no room."),
    FORWARD_SENT(
            Kind.COUNTER,
            "penstock_forward_sent_deliveries_total",
            "Deliveries handed to the nodes that own their exports."),
    FORWARD_SENT_BYTES(
            Kind.COUNTER,
            "penstock_forward_sent_bytes_total",
            "Bytes of those, as they went over the wire."),
    FORWARD_SENT_IN_FLIGHT(
            Kind.GAUGE, "penstock_forward_sent_in_flight", "Deliveries with other nodes now."),
    FORWARD_LOST(
            Kind.COUNTER,
            "penstock_forward_lost_total",
            "Deliveries to which no answer came, since the connection broke or the owner was gone."),
    FORWARD_TAKEN(
            Kind.COUNTER,
            "penstock_forward_taken_deliveries_total",
            "Deliveries of other nodes that a sink of this one was given."),
    FORWARD_TAKEN_BYTES(
            Kind.COUNTER,
            "penstock_forward_taken_bytes_total",
            "Bytes of those, as they came over the wire."),
    FORWARD_HELD(
            Kind.GAUGE,
            "penstock_forward_held_bytes",
            "Bytes of deliveries of other nodes that are here; see cluster.forward_max_bytes."),
    FORWARD_NOT_OWNER(
            Kind.COUNTER,
            "penstock_forward_not_owner_total",
            "Deliveries of other nodes refused because this one does not own the export."),
    TLS_EXPIRY(
            Kind.GAUGE,
            "penstock_tls_certificate_expiry_timestamp_seconds",
            "When the certificate that the port shows ends, Unix time; less time() is what is left.",
            "port"),
    TLS_RELOADS(
            Kind.COUNTER,
            "penstock_tls_reloads_total",
            "Times that other certificate files came into force, or did not do.",
            "port",
            "result"),
    TLS_HANDSHAKE_FAILURES(
            Kind.COUNTER,
            "penstock_tls_handshake_failures_total",
            "Connections that ended before their TLS handshake did.",
            "port"),
    TENANT_REQUESTS(
            Kind.COUNTER, "penstock_tenant_accepted_total", "Batches staged, by tenant.", "tenant"),
    TENANT_BYTES(
            Kind.COUNTER,
            "penstock_tenant_accepted_bytes_total",
            "Bytes of those, uncompressed.",
            "tenant"),
    TENANT_REFUSALS(
            Kind.COUNTER,
            "penstock_tenant_refusals_total",
            "Times that a limit of the tenant was in the way; a paused stream asks ten times a second.",
            "tenant",
            "reason"),
    TENANT_IN_FLIGHT(
            Kind.GAUGE,
            "penstock_tenant_in_flight",
            "Requests that wait for their answers.",
            "tenant"),
    TENANT_GATHERED(
            Kind.GAUGE,
            "penstock_tenant_gathered_bytes",
            "Bytes of requests that are not whole.",
            "tenant"),
    TENANT_STAGED(
            Kind.GAUGE,
            "penstock_tenant_staged_bytes",
            "Bytes staged by the open repos of the tenant, parked ones included.",
            "tenant"),
    TENANT_DISK(
            Kind.GAUGE,
            "penstock_tenant_disk_bytes",
            "Bytes of the segment files of the tenant's open repos.",
            "tenant"),
    TENANT_REPOS(Kind.GAUGE, "penstock_tenant_repos", "Repos that exist, open or not.", "tenant"),
    TENANT_DELIVERIES(Kind.GAUGE, "penstock_tenant_deliveries", "Deliveries with sinks.", "tenant"),
    JVM_HEAP(Kind.GAUGE, "jvm_memory_heap_used_bytes", "Heap in use."),
    JVM_HEAP_MAX(Kind.GAUGE, "jvm_memory_heap_max_bytes", "Heap there may be."),
    JVM_BUFFERS(
            Kind.GAUGE, "jvm_buffer_pool_used_bytes", "Memory of NIO buffers, by pool.", "pool"),
    ACCESS_KEYS(Kind.GAUGE, "penstock_access_keys", "Keys in access.keys_file, revoked ones too."),
    ADMIN_REFUSED(
            Kind.COUNTER,
            "penstock_admin_refused_total",
            "Requests to the admin port that were refused for want of a key, or of a right."),
    AUDIT_LOST(
            Kind.COUNTER,
            "penstock_audit_lost_total",
            "Entries of the audit log that could not be written; the log of the process has them."),
    JVM_GC_SECONDS(Kind.COUNTER, "jvm_gc_collection_seconds_total", "Time in collections.", "gc"),
    JVM_GC_COLLECTIONS(Kind.COUNTER, "jvm_gc_collections_total", "Collections.", "gc"),
    JVM_THREADS(Kind.GAUGE, "jvm_threads", "Live threads."),
    PROCESS_RESIDENT(
            Kind.GAUGE,
            "process_resident_memory_bytes",
            "Resident memory, mapped segments included; 0 where the system does not say."),
    PROCESS_CPU(Kind.COUNTER, "process_cpu_seconds_total", "CPU time, user and system."),
    PROCESS_FILES(Kind.GAUGE, "process_open_fds", "Open file descriptors."),
    PROCESS_START(Kind.GAUGE, "process_start_time_seconds", "Start of the process, Unix time.");

    /** What Prometheus calls a type. */
    public enum Kind {
        /** Only grows, until the process starts anew. */
        COUNTER,
        /** Goes up and down. */
        GAUGE,
        /** Buckets, sum and count. */
        HISTOGRAM;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Kind kind;
    private final String metricName;
    private final String help;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> labels;

    Metric(Kind kind, String metricName, String help, String... labels) {
        this.kind = kind;
        this.metricName = metricName;
        this.help = help;
        this.labels = List.of(labels);
    }

    /** Its type. */
    public Kind kind() {
        return kind;
    }

    /** Its name on the page. */
    public String metricName() {
        return metricName;
    }

    /** One sentence. */
    public String help() {
        return help;
    }

    /** Names of its labels. */
    public List<String> labels() {
        return labels;
    }
}
