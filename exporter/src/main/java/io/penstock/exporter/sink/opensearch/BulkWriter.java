package io.penstock.exporter.sink.opensearch;

import io.penstock.exporter.record.ForwardingVisitor;
import io.penstock.exporter.record.NdjsonWriter;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.sink.Delivery;
import io.penstock.model.DeliveryId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes each record as two lines: what is to be done, and the document. A document's id is {@code
 * epoch-first-number}, in hexadecimal: the epoch of the ring (drawn at random when its files were
 * made), the first position of the run, and the record's number in the run. It is the same however
 * often and in whatever slices the run is offered.
 *
 * <p>Threading: confined to one thread.
 */
final class BulkWriter extends ForwardingVisitor {

    private final WriteBuffer out;
    private final IndexName index;
    private String idPrefix = "";
    private @Nullable Delivery delivery;
    private int record;

    BulkWriter(WriteBuffer out, IndexName index, String timeKey) {
        super(new NdjsonWriter(out, timeKey));
        this.out = out;
        this.index = index;
    }

    /** Begins a delivery. */
    void begin(Delivery next) {
        DeliveryId id = next.id();
        idPrefix = Long.toHexString(id.epoch()) + "-" + Long.toHexString(id.first()) + "-";
        delivery = next;
        record = 0;
    }

    @Override
    public void startRecord(long timeUnixNano) {
        out.put("{\"create\":{\"_index\":\"");
        out.put(index.at(timeUnixNano));
        out.put("\",\"_id\":\"");
        out.put(idPrefix);
        out.put(Integer.toHexString(Objects.requireNonNull(delivery).recordNumber(record++)));
        out.put("\"}}\n");
        super.startRecord(timeUnixNano);
    }
}
