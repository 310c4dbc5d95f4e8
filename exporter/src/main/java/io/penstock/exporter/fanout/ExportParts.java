package io.penstock.exporter.fanout;

import io.penstock.exporter.deadletter.DeadLetterStore;
import io.penstock.exporter.pressure.DeliveryShare;
import io.penstock.exporter.relay.ExportName;
import io.penstock.exporter.relay.SinkPlacement;
import io.penstock.exporter.ring.RingCursor;
import io.penstock.exporter.ring.Take;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.model.DeliveryId;
import java.util.function.LongSupplier;

/**
 * What one running export is made of.
 *
 * <p>Threading: immutable; each part states its own.
 *
 * @param export spec and sink type
 * @param surroundings for the sink
 * @param placement whether that is the real one
 * @param share of the deliveries of this node
 * @param epoch of the ring
 * @param cursor open, this export's own
 * @param letters open, this export's own
 * @param patience how long to wait for what
 * @param nowMs time of day
 * @param ticks nanoseconds of a clock that never goes back
 */
record ExportParts(
        Export export,
        SinkContext surroundings,
        SinkPlacement placement,
        DeliveryShare share,
        long epoch,
        RingCursor cursor,
        DeadLetterStore letters,
        Patience patience,
        LongSupplier nowMs,
        LongSupplier ticks) {

    ExportSpec spec() {
        return export.spec();
    }

    /** What its lines in the log are about. */
    ExportName subject() {
        return new ExportName(spec().repo(), spec().name());
    }

    long now() {
        return nowMs.getAsLong();
    }

    long nowNs() {
        return ticks.getAsLong();
    }

    DeliveryId deliveryId(Take take, int from, int to) {
        return new DeliveryId(
                spec().repo(), spec().name(), epoch, take.first(), take.end(), from, to);
    }

    long retryDelayMs(int failuresInRow) {
        return patience.retries().apply(spec()).delayMs(failuresInRow, seed());
    }

    /** Jitter differs between exports and is the same for one. */
    private long seed() {
        return ((long) spec().repo().hashCode() << 32) ^ spec().name().hashCode();
    }
}
