package io.penstock.exporter.relay;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What went to other nodes and came from them since the start.
 *
 * <p>Threading: any thread.
 */
public final class RelayCounters {
    private final LongAdder sentDeliveries = new LongAdder();
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder takenDeliveries = new LongAdder();
    private final LongAdder takenBytes = new LongAdder();
    private final LongAdder notOwner = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final AtomicLong sentUnderWay = new AtomicLong();

    /** A delivery goes to another node. */
    public void sent(long bytes) {
        sentDeliveries.increment();
        sentBytes.add(bytes);
        sentUnderWay.incrementAndGet();
    }

    /** One that was sent has an answer, or never will have one. */
    public void answered(boolean lostIt) {
        sentUnderWay.decrementAndGet();
        if (lostIt) {
            lost.increment();
        }
    }

    void taken(long bytes) {
        takenDeliveries.increment();
        takenBytes.add(bytes);
    }

    void notOwner() {
        notOwner.increment();
    }

    /** Deliveries handed to other nodes. */
    public long sentDeliveries() {
        return sentDeliveries.sum();
    }

    /** Bytes of those, as they went over the wire. */
    public long sentBytes() {
        return sentBytes.sum();
    }

    /** Deliveries with other nodes now. */
    public long sentUnderWay() {
        return sentUnderWay.get();
    }

    /** Deliveries whose answer did not come: a connection broke, or an owner was gone. */
    public long lost() {
        return lost.sum();
    }

    /** Deliveries of other nodes that a sink here was given. */
    public long takenDeliveries() {
        return takenDeliveries.sum();
    }

    /** Bytes of those, as they came over the wire. */
    public long takenBytes() {
        return takenBytes.sum();
    }

    /** Deliveries of other nodes refused because this one does not own the export. */
    public long refusedAsNotOwner() {
        return notOwner.sum();
    }
}
