package io.penstock.exporter.sink.body;

import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.sink.Delivery;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A body that a visitor writes record by record.
 *
 * <p>Threading: confined to one thread.
 *
 * @param <V> the visitor
 */
public final class VisitorBody<V extends RecordVisitor> extends BodyWriter {

    private final V writer;
    private final BiConsumer<V, Delivery> begin;
    private final DrainingVisitor visitor;

    /** A body of a visitor that need not know the delivery. */
    public VisitorBody(Function<WriteBuffer, V> writer) {
        this(writer, (any, delivery) -> {});
    }

    /**
     * A body.
     *
     * @param writer makes the visitor, which appends each record to the buffer; the buffer may be
     *     emptied between records
     * @param begin called before the first record of each delivery
     */
    public VisitorBody(Function<WriteBuffer, V> writer, BiConsumer<V, Delivery> begin) {
        this.writer = writer.apply(buffer);
        this.begin = begin;
        this.visitor = new DrainingVisitor(this.writer, this::written);
    }

    /** The visitor that writes it. */
    public V writer() {
        return writer;
    }

    @Override
    void body(Delivery delivery) {
        begin.accept(writer, delivery);
        delivery.read(visitor);
    }
}
