package io.penstock.exporter.fanout;

import io.penstock.exporter.deadletter.DeadLetter;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.ring.EntryView;
import io.penstock.exporter.ring.Take;
import io.penstock.exporter.transform.Verdicts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Copies a slice out of the ring as dead letters: one per batch that the slice touches.
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

    List<DeadLetter> write(Slice slice, String reason) {
        List<DeadLetter> letters = new ArrayList<>();
        int[] next = {slice.from()};
        new SliceDelivery(slice, parts, buffers)
                .forEachPart(
                        (entry, from, to) -> {
                            int first = next[0];
                            next[0] += to - from;
                            letters.add(letter(slice, entry, from, to, first, reason));
                        });
        return letters;
    }

    private DeadLetter letter(
            Slice slice, EntryView entry, int from, int to, int first, String reason) {
        Take take = slice.run().take();
        return new DeadLetter(
                parts.deliveryId(take, first, first + to - from),
                entry.position(),
                entry.arrivedMs(),
                parts.now(),
                reason,
                to - from,
                content(entry, from, to));
    }

    private DeadLetter.Content content(EntryView entry, int from, int to) {
        byte[] body = buffers.body(entry);
        Encoding encoding = Encoding.ofCode(entry.encoding());
        if (to - from < entry.records()) {
            try {
                buffers.slice.clear();
                buffers.reader
                        .wrap(encoding, body, 0, entry.bodyBytes(), entry.arrivedMs())
                        .slice(from, to, buffers.slice);
                return new DeadLetter.Content(encoding, buffers.slice.toByteArray());
            } catch (MalformedBatchException e) {
                // Cannot be cut: the whole batch is kept, so that a person can see what is wrong.
                return new DeadLetter.Content(encoding, Arrays.copyOf(body, entry.bodyBytes()));
            }
        }
        return new DeadLetter.Content(encoding, Arrays.copyOf(body, entry.bodyBytes()));
    }
}
