package io.penstock.exporter.sink.body;

import io.penstock.exporter.record.ForwardingVisitor;
import io.penstock.exporter.record.RecordVisitor;

/**
 * Says so after each record: a place where a buffer may be emptied.
 *
 * <p>Threading: confined to one thread.
 */
public final class DrainingVisitor extends ForwardingVisitor {

    private final Runnable afterRecord;

    /** A visitor in front of {@code writer}. */
    public DrainingVisitor(RecordVisitor writer, Runnable afterRecord) {
        super(writer);
        this.afterRecord = afterRecord;
    }

    @Override
    public void endRecord() {
        super.endRecord();
        afterRecord.run();
    }
}
