package io.penstock.exporter.trace;

import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.sink.Delivery;
import io.penstock.model.DeliveryId;
import io.penstock.model.TraceParent;

/** A delivery that names its span. Threading: as the delivery. */
record TracedDelivery(Delivery delivery, TraceParent trace) implements Delivery {
    @Override
    public DeliveryId id() {
        return delivery.id();
    }

    @Override
    public int records() {
        return delivery.records();
    }

    @Override
    public int recordNumber(int record) {
        return delivery.recordNumber(record);
    }

    @Override
    public long bytes() {
        return delivery.bytes();
    }

    @Override
    public int attempt() {
        return delivery.attempt();
    }

    @Override
    public void read(RecordVisitor visitor) {
        delivery.read(visitor);
    }

    @Override
    public void readRaw(RawVisitor visitor) {
        delivery.readRaw(visitor);
    }

    @Override
    public void forEachBatch(BatchVisitor visitor) {
        delivery.forEachBatch(visitor);
    }
}
