package io.penstock.gateway.catalog;

import static io.penstock.gateway.catalog.Family.counter;
import static io.penstock.gateway.catalog.Family.gauge;

/** A node's part in the cluster, and what it hands to other nodes. */
public enum ClusterMetric implements Metric {
    LEADS(gauge("penstock_cluster_leads", "1 while this node leads the cluster.")),
    EPOCH(
            gauge(
                    "penstock_cluster_table_epoch",
                    "Epoch of the table of assignments that this node goes by.")),
    TABLE(gauge("penstock_cluster_table_sequence", "Its number within that epoch.")),
    RUNNING(gauge("penstock_cluster_tasks", "Tasks that are assigned to this node and run.")),
    LEASE_LEFT(
            gauge(
                    "penstock_cluster_lease_left_seconds",
                    "Time until this node's lease ends if nothing renews it; below 0 when it is over.")),
    LAPSES(
            counter(
                    "penstock_cluster_lease_lapses_total",
                    "Leases of this node that ended because nothing renewed them.")),
    STORE_READS(
            counter(
                    "penstock_cluster_store_reads_total",
                    "Reads of the store of tables by this node.")),
    REFUSED(
            counter(
                    "penstock_cluster_messages_refused_total",
                    "Messages of other nodes that were damaged, of a later format, or not for them to send.")),
    DROPPED(
            counter(
                    "penstock_cluster_messages_dropped_total",
                    "Messages and answers for which this node had no room.")),
    FORWARD_SENT(
            counter(
                    "penstock_forward_sent_deliveries_total",
                    "Deliveries handed to the nodes that own their exports.")),
    FORWARD_SENT_BYTES(
            counter(
                    "penstock_forward_sent_bytes_total",
                    "Bytes of those, as they went over the wire.")),
    FORWARD_SENT_IN_FLIGHT(
            gauge("penstock_forward_sent_in_flight", "Deliveries with other nodes now.")),
    FORWARD_LOST(
            counter(
                    "penstock_forward_lost_total",
                    "Deliveries to which no answer came, since the connection broke or the owner was gone.")),
    FORWARD_TAKEN(
            counter(
                    "penstock_forward_taken_deliveries_total",
                    "Deliveries of other nodes that a sink of this one was given.")),
    FORWARD_TAKEN_BYTES(
            counter(
                    "penstock_forward_taken_bytes_total",
                    "Bytes of those, as they came over the wire.")),
    FORWARD_HELD(
            gauge(
                    "penstock_forward_held_bytes",
                    "Bytes of deliveries of other nodes that are here; see cluster.forward_max_bytes.")),
    FORWARD_NOT_OWNER(
            counter(
                    "penstock_forward_not_owner_total",
                    "Deliveries of other nodes refused because this one does not own the export."));

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts
    private final Family family;

    ClusterMetric(Family family) {
        this.family = family;
    }

    @Override
    public Family family() {
        return family;
    }
}
