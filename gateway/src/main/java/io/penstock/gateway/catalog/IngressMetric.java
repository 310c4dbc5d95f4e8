package io.penstock.gateway.catalog;

import static io.penstock.gateway.catalog.Family.counter;
import static io.penstock.gateway.catalog.Family.gauge;
import static io.penstock.gateway.catalog.Family.histogram;

/** What comes in: the data port, and how its batches are taken. */
public enum IngressMetric implements Metric {
    REQUESTS(
            counter(
                    "penstock_ingress_requests_total",
                    "Whole requests that came in, by transport.",
                    "transport")),
    BYTES(
            counter(
                    "penstock_ingress_bytes_total",
                    "Bytes of those requests, as they came over the wire.",
                    "transport")),
    ACCEPTED(
            counter(
                    "penstock_ingress_accepted_total",
                    "Requests answered with a receipt.",
                    "transport")),
    FAULTS(
            counter(
                    "penstock_ingress_faults_total",
                    "Requests answered with a fault, by kind.",
                    "transport",
                    "kind")),
    OPEN(
            gauge(
                    "penstock_ingress_open_calls",
                    "HTTP requests, unary calls and streams that are open.",
                    "transport")),
    CONNECTIONS(gauge("penstock_ingress_connections", "Connections to the data port.")),
    CLOSED(
            counter(
                    "penstock_ingress_connections_closed_total",
                    "Connections to the data port that were closed or not let in, by reason; see"
                            + " docs/limits.md.",
                    "reason")),
    WINDOW(
            gauge(
                    "penstock_ingress_window_bytes",
                    "HTTP/2 windows beyond the first 64 KiB; see ingress.guard.max_window_bytes.")),
    INFLIGHT(
            gauge(
                    "penstock_ingress_inflight_bytes",
                    "Bytes of requests that are not staged yet; see ingress.max_inflight_bytes.")),
    INTAKE_BATCHES(counter("penstock_intake_batches_total", "Batches staged since start.")),
    INTAKE_RECORDS(counter("penstock_intake_records_total", "Records staged since start.")),
    INTAKE_BYTES(
            counter(
                    "penstock_intake_bytes_total",
                    "Bytes of batches staged since start, as they lie in the ring.")),
    INTAKE_APPENDS(
            counter(
                    "penstock_intake_appends_total",
                    "Appends to rings; batches over appends is how well small requests are coalesced.")),
    INTAKE_DUPLICATES(
            counter(
                    "penstock_intake_duplicates_total",
                    "Batches acknowledged again because they were staged before.")),
    INTAKE_REFUSALS(
            counter("penstock_intake_refusals_total", "Batches refused, by reason.", "reason")),
    ACK_SECONDS(
            histogram(
                    "penstock_ack_seconds",
                    "From offer to receipt, by acknowledgement level; one sample per millisecond and loop.",
                    "ack"));

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts
    private final Family family;

    IngressMetric(Family family) {
        this.family = family;
    }

    @Override
    public Family family() {
        return family;
    }
}
