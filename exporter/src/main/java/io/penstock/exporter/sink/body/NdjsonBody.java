package io.penstock.exporter.sink.body;

import io.penstock.exporter.record.NdjsonWriter;
import io.penstock.exporter.sink.Delivery;

/** {@link BodyFormat#NDJSON}. Threading: confined to one thread. */
final class NdjsonBody extends BodyWriter {

    private final DrainingVisitor visitor =
            new DrainingVisitor(new NdjsonWriter(buffer), this::written);

    @Override
    void body(Delivery delivery) {
        delivery.read(visitor);
    }
}
