package io.penstock.exporter.sink.body;

import io.penstock.exporter.record.JsonArrayWriter;
import io.penstock.exporter.sink.Delivery;

/**
 * {@link BodyFormat#JSON_ARRAY}. The last byte stays in the buffer while the array is open, so that
 * its end can take the comma away.
 *
 * <p>Threading: confined to one thread.
 */
final class JsonArrayBody extends BodyWriter {

    private final JsonArrayWriter writer = new JsonArrayWriter(buffer);
    private final DrainingVisitor visitor = new DrainingVisitor(writer, this::writtenButLast);

    @Override
    void body(Delivery delivery) {
        writer.open();
        delivery.read(visitor);
        writer.close();
    }
}
