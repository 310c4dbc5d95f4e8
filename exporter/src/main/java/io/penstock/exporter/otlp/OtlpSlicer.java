package io.penstock.exporter.otlp;

import io.penstock.exporter.record.BatchDecoder.BatchBytes;
import io.penstock.exporter.record.WireReader;
import io.penstock.exporter.record.WriteBuffer;

/**
 * Cuts records out of a request: each message around a chosen record is written again with its
 * other fields and a new length, what lies whole in the range is copied as it is.
 *
 * <p>Threading: confined to one thread.
 */
final class OtlpSlicer {
    private final Message request;
    private final WireReader wire;
    private int from;
    private int to;
    private int record;

    OtlpSlicer(Message request, WireReader wire) {
        this.request = request;
        this.wire = wire;
    }

    /** Appends the request with the records {@code [first, end)} only. */
    void slice(BatchBytes batch, int first, int end, WriteBuffer out) {
        wire.wrap(batch.bytes(), batch.start());
        from = first;
        to = end;
        record = 0;
        container(request, batch.end(), out);
    }

    private void container(Message message, int end, WriteBuffer out) {
        while (wire.at() < end) {
            int at = wire.at();
            int tag = wire.tag(end);
            Field field = message.field(tag);
            if (field == null || field.kind != Kind.CHILD) {
                wire.skipValue(tag, end);
                out.put(wire.bytes(), at, wire.at() - at);
            } else if (!field.fits(tag)) {
                throw wire.fault(at, OtlpScan.wrongType(field, tag));
            } else {
                child(field, at, wire.size(end), out);
            }
        }
    }

    private void child(Field field, int at, int size, WriteBuffer out) {
        int body = wire.at();
        int bodyEnd = body + size;
        int first = record;
        record += field.child().isRecord() ? 1 : records(field.child(), bodyEnd);
        wire.seek(bodyEnd);
        if (first >= from && record <= to && record > first) {
            out.put(wire.bytes(), at, bodyEnd - at);
        } else if (record > from && first < to) {
            record = first;
            wire.seek(body);
            out.put((byte) field.tag());
            int start = out.length();
            container(field.child(), bodyEnd, out);
            ProtoOut.prefixSize(out, start);
        }
    }

    /** Records in a message up to {@code end}. */
    private int records(Message message, int end) {
        int found = 0;
        while (wire.at() < end) {
            int at = wire.at();
            int tag = wire.tag(end);
            Field field = message.field(tag);
            if (field == null || field.kind != Kind.CHILD) {
                wire.skipValue(tag, end);
            } else if (!field.fits(tag)) {
                throw wire.fault(at, OtlpScan.wrongType(field, tag));
            } else {
                int childEnd = wire.size(end) + wire.at();
                found += field.child().isRecord() ? 1 : records(field.child(), childEnd);
                wire.seek(childEnd);
            }
        }
        return found;
    }
}
