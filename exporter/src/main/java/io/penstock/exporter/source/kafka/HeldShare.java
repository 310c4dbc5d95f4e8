package io.penstock.exporter.source.kafka;

import io.penstock.exporter.source.Lease;
import io.penstock.model.PartitionShare;

/** A share that was given to this node, once. Threading: any thread. */
final class HeldShare {
    private final PartitionShare share;
    private final Lease lease;
    private volatile boolean isCut;

    HeldShare(PartitionShare share, Lease lease) {
        this.share = share;
        this.lease = lease;
    }

    PartitionShare share() {
        return share;
    }

    /** Whether something of it may be staged or committed now. */
    boolean mayStage() {
        return !isCut && lease.mayStage();
    }

    /** Nothing may, from now on. */
    void cut() {
        isCut = true;
    }

    /** Nothing is, any more. */
    void stopped() {
        lease.stopped();
    }
}
