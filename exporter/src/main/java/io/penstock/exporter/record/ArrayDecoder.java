package io.penstock.exporter.record;

import io.penstock.exporter.text.JsonElements;
import io.penstock.exporter.text.JsonObject;
import io.penstock.exporter.text.JsonSyntax;

/** Decodes one JSON array of objects. Threading: confined to one thread. */
final class ArrayDecoder implements BatchDecoder {

    private final JsonSyntax syntax = new JsonSyntax();
    private final JsonObject object = new JsonObject(syntax);
    private final JsonElements elements = new JsonElements(syntax, object);
    private final JsonRecord jsonRecord = new JsonRecord();

    @Override
    public void read(BatchBytes batch, int from, int to, RecordVisitor visitor) {
        elements.wrap(batch.bytes(), batch.start(), batch.end());
        jsonRecord.reset(visitor);
        for (int record = 0; record < to && next(batch); record++) {
            if (record >= from) {
                jsonRecord.say(object, batch.bytes(), batch.arrivedNanos(), visitor);
            }
        }
    }

    @Override
    public void slice(BatchBytes batch, int from, int to, WriteBuffer out) {
        elements.wrap(batch.bytes(), batch.start(), batch.end());
        int start = batch.end();
        int end = batch.start();
        for (int record = 0; record < to && next(batch); record++) {
            start = record == from ? elements.start() : start;
            end = elements.end();
        }
        out.put((byte) '[');
        if (start < end) {
            out.put(batch.bytes(), start, end - start);
        }
        out.put((byte) ']');
    }

    private boolean next(BatchBytes batch) {
        boolean there = elements.next();
        if (elements.faulty()) {
            throw new MalformedBatchException(
                    TextScan.fault(
                            BatchFault.Kind.MALFORMED,
                            batch.bytes(),
                            batch.start(),
                            syntax.faultAt(),
                            String.valueOf(syntax.fault())));
        }
        return there;
    }
}
