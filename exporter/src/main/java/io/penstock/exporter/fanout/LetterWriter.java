package io.penstock.exporter.fanout;

import io.penstock.exporter.deadletter.DeadLetter;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.ring.EntryView;
import io.penstock.exporter.transform.Verdicts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies records out of the ring as dead letters: one per batch that a slice touches, or one per
 * record where a target answered record by record, so that each has an id that does not depend on
 * its neighbours' fate.
 *
 * <p>Threading: confined to the export's context.
 */
final class LetterWriter {
    private final ExportParts parts;
    private final ReadBuffers buffers;

    LetterWriter(ExportParts parts, ReadBuffers buffers) {
        this.parts = parts;
        this.buffers = buffers;
    }

    /** A letter for each record of the slice that the transforms cannot parse. */
    List<DeadLetter> faulty(Slice slice) {
        Verdicts verdicts = slice.verdicts();
        List<DeadLetter> letters = new ArrayList<>();
        if (verdicts != null) {
            for (Map.Entry<Integer, String> fault : verdicts.faulty().entrySet()) {
                letters.addAll(write(slice.single(fault.getKey()), fault.getValue()));
            }
        }
        return letters;
    }

    /** One letter per batch. */
    List<DeadLetter> write(Slice slice, String reason) {
        List<DeadLetter> letters = new ArrayList<>();
        forEachBatch(
                slice,
                (entry, from, range) ->
                        letters.add(
                                letter(
                                        new Letterhead(slice, entry, reason),
                                        range,
                                        content(entry, from, from + range.records()))));
        return letters;
    }

    /**
     * One letter per chosen record.
     *
     * @param chosen numbers of records, counted from the slice's first
     */
    List<DeadLetter> writeEach(Slice slice, BitSet chosen, String reason) {
        List<DeadLetter> letters = new ArrayList<>();
        forEachBatch(
                slice,
                (entry, from, range) -> {
                    if (range.touches(chosen, slice.from())) {
                        Letterhead head = new Letterhead(slice, entry, reason);
                        DeadLetter.Content content = content(entry, from, from + range.records());
                        halve(head, content, range, chosen, letters);
                    }
                });
        return letters;
    }

    /** Sees the part of a staged batch that belongs to the slice. */
    @FunctionalInterface
    private interface BatchVisitor {
        /** Records from {@code from} on, counted in the batch; {@code range} counts in the run. */
        void batch(EntryView entry, int from, Range range);
    }

    private void forEachBatch(Slice slice, BatchVisitor visitor) {
        int[] next = {slice.from()};
        new SliceDelivery(slice, parts, buffers)
                .forEachPart(
                        (entry, from, to) -> {
                            int first = next[0];
                            next[0] += to - from;
                            visitor.batch(entry, from, new Range(first, next[0]));
                        });
    }

    /**
     * Halves a document down to single records: as much copying as its size times the logarithm of
     * its records, where cutting each record out of the whole would be times their number.
     */
    private void halve(
            Letterhead head,
            DeadLetter.Content content,
            Range range,
            BitSet chosen,
            List<DeadLetter> letters) {
        if (range.records() == 1) {
            letters.add(letter(head, range, content));
            return;
        }
        int middle = range.from() + range.records() / 2;
        Range[] halves = {new Range(range.from(), middle), new Range(middle, range.to())};
        for (Range half : halves) {
            if (half.touches(chosen, head.slice().from())) {
                byte[] body = content.body();
                buffers.reader.wrap(
                        content.encoding(), body, 0, body.length, head.entry().arrivedMs());
                byte[] cut = cut(half.from() - range.from(), half.to() - range.from());
                DeadLetter.Content piece =
                        cut == null ? content : new DeadLetter.Content(content.encoding(), cut);
                halve(head, piece, half, chosen, letters);
            }
        }
    }

    /** Records of a run, by number. */
    private record Range(int from, int to) {
        int records() {
            return to - from;
        }

        boolean touches(BitSet chosen, int numberOfFirst) {
            int next = chosen.nextSetBit(from - numberOfFirst);
            return next >= 0 && next < to - numberOfFirst;
        }
    }

    /** What the letters of one staged batch have in common. */
    private record Letterhead(Slice slice, EntryView entry, String reason) {}

    private DeadLetter letter(Letterhead head, Range range, DeadLetter.Content content) {
        return new DeadLetter(
                parts.deliveryId(head.slice().run().take(), range.from(), range.to()),
                head.entry().position(),
                head.entry().arrivedMs(),
                parts.now(),
                head.reason(),
                range.records(),
                content);
    }

    private DeadLetter.Content content(EntryView entry, int from, int to) {
        byte[] body = buffers.body(entry);
        Encoding encoding = Encoding.ofCode(entry.encoding());
        if (to - from < entry.records()) {
            buffers.reader.wrap(encoding, body, 0, entry.bodyBytes(), entry.arrivedMs());
            byte[] cut = cut(from, to);
            if (cut != null) {
                return new DeadLetter.Content(encoding, cut);
            }
        }
        return new DeadLetter.Content(encoding, Arrays.copyOf(body, entry.bodyBytes()));
    }

    /**
     * Some records of what the reader has in hand, or null when it cannot be cut: then all of it is
     * kept, so that a person can see what is wrong.
     */
    private byte @Nullable [] cut(int from, int to) {
        try {
            buffers.slice.clear();
            buffers.reader.slice(from, to, buffers.slice);
            return buffers.slice.toByteArray();
        } catch (MalformedBatchException e) {
            return null;
        }
    }
}
