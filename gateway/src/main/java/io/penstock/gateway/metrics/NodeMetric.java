package io.penstock.gateway.metrics;

import static io.penstock.gateway.metrics.Family.counter;
import static io.penstock.gateway.metrics.Family.gauge;

/** The process: its state, who may use it, its ports' certificates, its JVM. */
public enum NodeMetric implements Metric {
    STATE(gauge("penstock_node_state", "0 latent, 1 starting, 2 running, 3 draining, 4 stopped.")),
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
    JVM_HEAP(gauge("jvm_memory_heap_used_bytes", "Heap in use.")),
    JVM_HEAP_MAX(gauge("jvm_memory_heap_max_bytes", "Heap there may be.")),
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
    JVM_GC_SECONDS(counter("jvm_gc_collection_seconds_total", "Time in collections.", "gc")),
    JVM_GC_COLLECTIONS(counter("jvm_gc_collections_total", "Collections.", "gc")),
    JVM_THREADS(gauge("jvm_threads", "Live threads.")),
    PROCESS_RESIDENT(
            gauge(
                    "process_resident_memory_bytes",
                    "Resident memory, mapped segments included; 0 where the system does not say.")),
    PROCESS_CPU(counter("process_cpu_seconds_total", "CPU time, user and system.")),
    PROCESS_FILES(gauge("process_open_fds", "Open file descriptors.")),
    PROCESS_START(gauge("process_start_time_seconds", "Start of the process, Unix time."));

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
