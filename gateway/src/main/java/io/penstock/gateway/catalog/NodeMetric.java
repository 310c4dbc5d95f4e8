package io.penstock.gateway.catalog;

import static io.penstock.gateway.catalog.Family.counter;
import static io.penstock.gateway.catalog.Family.gauge;
import static io.penstock.gateway.catalog.Family.summary;

/** The process: its state, who may use it, its ports' certificates, its JVM. */
public enum NodeMetric implements Metric {
    STATE(gauge("penstock_node_state", "0 latent, 1 starting, 2 running, 3 draining, 4 stopped.")),
    BUILD_INFO(
            gauge("penstock_build_info", "Always 1; its labels say what runs.", "version", "java")),
    RING_LIMIT(
            gauge(
                    "penstock_ring_limit_bytes",
                    "Disk that the ring of one repo may take, ring.max_bytes.")),
    STAGING_LIMIT(
            gauge(
                    "penstock_staging_limit_bytes",
                    "What all repos may have staged together, staging.max_bytes.")),
    DATA_FREE(
            gauge(
                    "penstock_data_free_bytes",
                    "What this process may still write to the file system of node.data_dir.")),
    DATA_SIZE(gauge("penstock_data_size_bytes", "Size of that file system.")),
    OWN_RECORDS(
            counter(
                    "penstock_own_metrics_records_total",
                    "Records of own metrics that were staged; see metrics.export.")),
    OWN_LOST(
            counter(
                    "penstock_own_metrics_lost_records_total",
                    "Records of own metrics that the repo refused, or a round had no room for.")),
    OWN_SKIPPED(
            counter(
                    "penstock_own_metrics_skipped_rounds_total",
                    "Rounds of own metrics left out because the one before was under way.")),
    TLS_EXPIRY(
            gauge(
                    "penstock_tls_certificate_expiry_timestamp_seconds",
                    "When the certificate that the port shows ends, Unix time; less time() is what is left.",
                    "port")),
    TLS_RELOADS(
            counter(
                    "penstock_tls_reloads_total",
                    "Times that other certificate files came into force, or did not do.",
                    "port",
                    "result")),
    TLS_HANDSHAKE_FAILURES(
            counter(
                    "penstock_tls_handshake_failures_total",
                    "Connections that ended before their TLS handshake did.",
                    "port")),
    JVM_MEMORY_USED(gauge("jvm_memory_used_bytes", "Memory in use, heap and nonheap.", "area")),
    JVM_MEMORY_COMMITTED(
            gauge("jvm_memory_committed_bytes", "Memory taken from the system.", "area")),
    JVM_MEMORY_MAX(
            gauge("jvm_memory_max_bytes", "Memory there may be; none where no limit is.", "area")),
    JVM_BUFFERS(gauge("jvm_buffer_pool_used_bytes", "Memory of NIO buffers, by pool.", "pool")),
    ACCESS_KEYS(gauge("penstock_access_keys", "Keys in access.keys_file, revoked ones too.")),
    ADMIN_REFUSED(
            counter(
                    "penstock_admin_refused_total",
                    "Requests to the admin port that were refused for want of a key, or of a right.")),
    AUDIT_LOST(
            counter(
                    "penstock_audit_lost_total",
                    "Entries of the audit log that could not be written; the log of the process has them.")),
    JVM_GC(summary("jvm_gc_collection_seconds", "Collections, and the time they took.", "gc")),
    JVM_THREADS(gauge("jvm_threads_current", "Live threads.")),
    PROCESS_RESIDENT(
            gauge(
                    "process_resident_memory_bytes",
                    "Resident memory, mapped segments included; 0 where the system does not say.")),
    PROCESS_CPU(counter("process_cpu_seconds_total", "CPU time, user and system.")),
    PROCESS_FILES(gauge("process_open_fds", "Open file descriptors.")),
    PROCESS_MAX_FILES(gauge("process_max_fds", "File descriptors that may be open.")),
    PROCESS_START(gauge("process_start_time_seconds", "Start of the process, Unix time.")),
    TRACE_SPANS(
            counter(
                    "penstock_trace_spans_total",
                    "Spans by what became of them: exported, dropped for want of room, or failed.",
                    "result")),
    TRACE_CARRIED(
            gauge(
                    "penstock_trace_carried",
                    "Traced pushes that are remembered until their records are delivered.")),
    CAPACITY_USED(
            gauge(
                    "penstock_capacity_used_ratio",
                    "Part of this node's tightest resource (CPU, heap, disk budget, network) in use, of the last 10 minutes.")),
    CAPACITY_WANTED(
            gauge(
                    "penstock_capacity_wanted_nodes",
                    "Nodes that are wanted for what all nodes use, with hysteresis; the leader's is the one to go by.")),
    ACCESS_TOKENS(counter("penstock_access_tokens_total", "Tokens by outcome.", "outcome")),
    ACCESS_TOKEN_KEYS(gauge("penstock_access_token_keys", "Keys of the tokens' issuer.")),
    ACCESS_TOKEN_KEYS_AGE(
            gauge("penstock_access_token_keys_age_seconds", "Since they came; -1: never.")),
    ACCESS_TOKEN_FAILURES(
            counter("penstock_access_token_key_failures_total", "Times they did not come."));

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts
    private final Family family;

    NodeMetric(Family family) {
        this.family = family;
    }

    @Override
    public Family family() {
        return family;
    }
}
