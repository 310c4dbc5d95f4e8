package io.penstock.exporter.sink.body;

import io.penstock.exporter.record.TextTemplate;
import io.penstock.exporter.record.TextTemplateWriter;
import io.penstock.exporter.sink.Delivery;

/**
 * {@link BodyFormat#TEXT}; what a record does not have is a dash. Threading: confined to one
 * thread.
 */
final class TextBody extends BodyWriter {

    private static final String MISSING = "-";

    private final DrainingVisitor visitor;

    TextBody(TextTemplate template) {
        visitor =
                new DrainingVisitor(
                        new TextTemplateWriter(buffer, template, MISSING), this::written);
    }

    @Override
    void body(Delivery delivery) {
        delivery.read(visitor);
    }
}
