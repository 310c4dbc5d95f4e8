package io.penstock.gateway.tenant;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** What all tenants of a node have together. Threading: any thread. */
final class NodeShare {
    private final boolean divided;
    private final int maxBatchBytes;
    private final int maxDeliveries;
    private final LongSupplier clockNs;
    private final AtomicInteger deliveries = new AtomicInteger();

    /**
     * Nothing is in use.
     *
     * @param divided whether there are several tenants to divide it
     * @param maxBatchBytes the largest batch that the node takes
     * @param clockNs nanoseconds of a clock that never goes back
     */
    NodeShare(boolean divided, int maxBatchBytes, SharingConfig sharing, LongSupplier clockNs) {
        this.divided = divided;
        this.maxBatchBytes = maxBatchBytes;
        this.maxDeliveries = sharing.maxDeliveries();
        this.clockNs = clockNs;
    }

    /** See {@link FairShare#allows}; a tenant without others has all there is. */
    boolean allows(long mine, int weight, long free) {
        return !divided || FairShare.allows(mine, weight, free);
    }

    int maxBatchBytes() {
        return maxBatchBytes;
    }

    long nowNs() {
        return clockNs.getAsLong();
    }

    int freeDeliveries() {
        return maxDeliveries - deliveries.get();
    }

    void deliveries(int change) {
        deliveries.addAndGet(change);
    }
}
