package io.penstock.exporter.pressure;

/**
 * What an export may have with its sink at once, where many exports share one node. Its own limits
 * come beside this one.
 *
 * <p>Threading: any thread; must not block.
 */
public interface DeliveryShare {
    /** One without a limit. */
    DeliveryShare ALL =
            new DeliveryShare() {
                @Override
                public boolean mayStart() {
                    return true;
                }

                @Override
                public void started() {}

                @Override
                public void ended(int deliveries) {}
            };

    /**
     * Whether one more delivery may start now; whoever may not asks again in a few milliseconds.
     */
    boolean mayStart();

    /** A delivery has started. */
    void started();

    /** Deliveries have come back, or were taken back. */
    void ended(int deliveries);
}
