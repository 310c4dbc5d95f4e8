package io.penstock.gateway.tenant;

import io.penstock.model.Require;
import io.penstock.model.Setting;

/**
 * What tenants share of this node beside its disk and its memory.
 *
 * <p>Threading: immutable.
 *
 * @param maxDeliveries deliveries with sinks at once
 */
public record SharingConfig(
        @Setting(
                        value = "1024",
                        doc =
                                "Deliveries with sinks at once that tenants divide by their weights;"
                                        + " holds where there is more than one tenant.")
                int maxDeliveries) {
    /** The default. */
    public static final SharingConfig DEFAULT = new SharingConfig(1024);

    /** Checks ranges. */
    public SharingConfig {
        Require.within("max_deliveries", maxDeliveries, 1, 1_000_000);
    }
}
