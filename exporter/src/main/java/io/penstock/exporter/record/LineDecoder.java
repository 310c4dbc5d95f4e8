package io.penstock.exporter.record;

import io.penstock.exporter.text.JsonObject;
import io.penstock.exporter.text.JsonSyntax;
import io.penstock.exporter.text.Lines;
import io.penstock.exporter.text.Utf8;
import java.nio.charset.StandardCharsets;

/** Decodes lines: of JSON, or of text. Threading: confined to one thread. */
final class LineDecoder implements BatchDecoder {

    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

    private final boolean json;
    private final Lines lines = new Lines();
    private final JsonSyntax syntax = new JsonSyntax();
    private final JsonObject object = new JsonObject(syntax);
    private final JsonRecord jsonRecord = new JsonRecord();

    LineDecoder(boolean json) {
        this.json = json;
    }

    @Override
    public void read(BatchBytes batch, int from, int to, RecordVisitor visitor) {
        lines.wrap(batch.bytes(), batch.start(), batch.end());
        if (json) {
            jsonRecord.reset(visitor);
        } else {
            visitor.resetFields();
            visitor.field(0, MESSAGE, 0, MESSAGE.length);
        }
        for (int record = 0; record < to && lines.next(); record++) {
            if (record >= from && json) {
                jsonLine(batch, visitor);
            } else if (record >= from) {
                textLine(batch, visitor);
            }
        }
    }

    private void jsonLine(BatchBytes batch, RecordVisitor visitor) {
        byte[] bytes = batch.bytes();
        int start = JsonSyntax.skipSpace(bytes, lines.start(), lines.end());
        if (object.read(bytes, start, lines.end()) < 0) {
            throw malformed(batch, syntax.faultAt(), String.valueOf(syntax.fault()));
        }
        jsonRecord.say(object, bytes, batch.arrivedNanos(), visitor);
    }

    private void textLine(BatchBytes batch, RecordVisitor visitor) {
        byte[] bytes = batch.bytes();
        int bad = Utf8.firstFault(bytes, lines.start(), lines.end());
        if (bad != Utf8.VALID) {
            throw malformed(batch, bad, "the text is not UTF-8");
        }
        visitor.startRecord(batch.arrivedNanos());
        visitor.stringValue(0, bytes, lines.start(), lines.end() - lines.start());
        visitor.endRecord();
    }

    private static MalformedBatchException malformed(BatchBytes batch, int at, String reason) {
        return new MalformedBatchException(
                TextScan.fault(
                        BatchFault.Kind.MALFORMED, batch.bytes(), batch.start(), at, reason));
    }

    @Override
    public void slice(BatchBytes batch, int from, int to, WriteBuffer out) {
        lines.wrap(batch.bytes(), batch.start(), batch.end());
        int start = batch.end();
        int end = batch.end();
        for (int record = 0; record < to && lines.next(); record++) {
            start = record == from ? lines.start() : start;
            end = lines.nextStart();
        }
        if (start < end) {
            out.put(batch.bytes(), start, end - start);
        }
    }
}
