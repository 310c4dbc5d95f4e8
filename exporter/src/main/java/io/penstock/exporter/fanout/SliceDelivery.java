package io.penstock.exporter.fanout;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.ring.EntryView;
import io.penstock.exporter.transform.Verdicts;

/**
 * A slice of a run, read out of the ring each time.
 *
 * <p>Threading: confined to the export's context.
 */
final class SliceDelivery extends LentDelivery {
    /** Sees the part of an entry that belongs to the slice. */
    @FunctionalInterface
    interface PartVisitor {
        /** Records {@code [from, to)} of the entry, counted from its first. */
        void part(EntryView entry, int from, int to);
    }

    private final Slice slice;

    SliceDelivery(Slice slice, ExportParts parts, ReadBuffers buffers) {
        super(slice.id(parts), slice.attempt(), buffers);
        this.slice = slice;
    }

    @Override
    public int records() {
        return slice.passing();
    }

    @Override
    public int recordNumber(int record) {
        Verdicts verdicts = slice.verdicts();
        return slice.from() + (verdicts == null ? record : verdicts.staged(record));
    }

    @Override
    public long bytes() {
        return slice.bytes();
    }

    @Override
    void readStaged(RecordVisitor visitor) {
        forEachPart(
                (entry, from, to) -> {
                    byte[] body = buffers().body(entry);
                    buffers()
                            .reader
                            .wrap(
                                    Encoding.ofCode(entry.encoding()),
                                    body,
                                    0,
                                    entry.bodyBytes(),
                                    entry.arrivedMs())
                            .read(from, to, visitor);
                });
    }

    @Override
    void readStagedRaw(RawVisitor visitor) {
        forEachPart((entry, from, to) -> rawPart(entry, from, to, visitor));
    }

    private void rawPart(EntryView entry, int from, int to, RawVisitor visitor) {
        byte[] body = buffers().body(entry);
        Encoding encoding = Encoding.ofCode(entry.encoding());
        visitor.arrived(entry.arrivedMs());
        if (to - from == entry.records()) {
            visitor.piece(encoding, to - from, body, 0, entry.bodyBytes());
            return;
        }
        WriteBuffer out = buffers().slice;
        out.clear();
        buffers()
                .reader
                .wrap(encoding, body, 0, entry.bodyBytes(), entry.arrivedMs())
                .slice(from, to, out);
        visitor.piece(encoding, to - from, out.array(), 0, out.length());
    }

    @Override
    public void forEachBatch(BatchVisitor visitor) {
        forEachPart((entry, from, to) -> visitor.batch(entry.position(), entry.arrivedMs()));
    }

    /** Walks the entries that the slice touches, in order. */
    void forEachPart(PartVisitor visitor) {
        checkLent();
        int[] start = {0};
        slice.run()
                .take()
                .forEach(
                        entry -> {
                            int first = start[0];
                            start[0] += entry.records();
                            int from = Math.max(slice.from() - first, 0);
                            int to = Math.min(slice.to() - first, entry.records());
                            if (from < to) {
                                checkLent();
                                visitor.part(entry, from, to);
                            }
                        });
    }
}
