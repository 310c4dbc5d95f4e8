package io.penstock.exporter.fanout;

import io.penstock.exporter.sink.Delivery;
import io.penstock.model.DeliveryId;

/**
 * A delivery that can be taken back: after {@link #revoke} reading it throws.
 *
 * <p>Threading: confined to the export's context, except {@link #revoke}.
 */
abstract class LentDelivery implements Delivery {
    private final DeliveryId id;
    private final int attempt;
    private volatile boolean revoked;

    LentDelivery(DeliveryId id, int attempt) {
        this.id = id;
        this.attempt = attempt;
    }

    @Override
    public final DeliveryId id() {
        return id;
    }

    @Override
    public final int attempt() {
        return attempt;
    }

    final void revoke() {
        revoked = true;
    }

    final void checkLent() {
        if (revoked) {
            throw new IllegalStateException("delivery " + id + " is read after it was settled");
        }
    }
}
