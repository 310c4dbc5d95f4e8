package io.penstock.exporter.transform;

import io.penstock.exporter.accesslog.AccessLogField;
import io.penstock.exporter.accesslog.AccessLogFormat;
import io.penstock.exporter.accesslog.AccessLogParser;
import io.penstock.exporter.accesslog.MalformedLine;
import org.jspecify.annotations.Nullable;

/**
 * Parses a line of an access log. The record's time becomes that of the line.
 *
 * <p>Threading: confined to one thread.
 */
final class AccessLogText extends SlotVisitor implements ParseRule.Parser {

    private final AccessLogParser parser;
    private final int[] slots;

    AccessLogText(AccessLogFormat format, Slots slots, Row row) {
        super(row);
        this.parser = new AccessLogParser(format);
        AccessLogField[] fields = AccessLogField.values();
        this.slots = new int[fields.length];
        for (AccessLogField field : fields) {
            this.slots[field.number()] = slots.pin(field.fieldName());
        }
    }

    @Override
    public @Nullable String parse(Row record, int slot) {
        int start = record.start(slot);
        int end = start + record.length(slot);
        MalformedLine fault = parser.parse(1, record.bytes(), start, end, this);
        return fault == null ? null : "column " + fault.column() + ": " + fault.reason();
    }

    @Override
    int slot(int field) {
        return slots[field];
    }

    @Override
    public void startRecord(long timeUnixNano) {
        row.time(timeUnixNano);
    }

    @Override
    public void resetFields() {
        // the twelve fields are known
    }

    @Override
    public void field(int number, byte[] name, int offset, int length) {
        // the twelve fields are known
    }

    @Override
    public void endRecord() {
        // the record in hand goes on
    }
}
