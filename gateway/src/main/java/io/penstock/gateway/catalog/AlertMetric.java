package io.penstock.gateway.catalog;

import static io.penstock.gateway.catalog.Family.counter;
import static io.penstock.gateway.catalog.Family.gauge;

/** What a node watches, and whom it tells. */
public enum AlertMetric implements Metric {
    ALERTS(
            gauge(
                    "penstock_alerts",
                    "Alerts that this node tells of, pending or firing; docs/alerting.md.",
                    "state")),
    LEFT_OUT(
            gauge(
                    "penstock_alerts_left_out",
                    "Things that are bad and not watched, since there are too many.")),
    NOTICES_SENT(
            counter(
                    "penstock_notices_sent_total",
                    "Notices that the other side of a channel took.",
                    "channel")),
    NOTICES_LOST(
            counter(
                    "penstock_notices_lost_total",
                    "Notices that were given up; penstock alerts says why.",
                    "channel")),
    NOTICE_RETRIES(
            counter(
                    "penstock_notice_retries_total",
                    "Tries to send a notice after the first.",
                    "channel"));

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts
    private final Family family;

    AlertMetric(Family family) {
        this.family = family;
    }

    @Override
    public Family family() {
        return family;
    }
}
