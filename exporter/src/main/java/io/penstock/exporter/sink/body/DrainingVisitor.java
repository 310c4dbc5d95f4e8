package io.penstock.exporter.sink.body;

import io.penstock.exporter.record.ForwardingVisitor;
import io.penstock.exporter.record.RecordVisitor;

/**
 * Says so after each record: a place where a buffer may be emptied.
 *
 * <p>Threading: confined to one thread.
 */
final class DrainingVisitor extends ForwardingVisitor {

    private final Runnable afterRecord;

    DrainingVisitor(RecordVisitor writer, Runnable afterRecord) {
        super(writer);
        this.afterRecord = afterRecord;
    }

    @Override
    public void endRecord() {
        super.endRecord();
        afterRecord.run();
    }
}
