package io.penstock.exporter.fanout;

import io.penstock.exporter.record.NativeEncoder;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.ring.EntryView;
import io.penstock.exporter.transform.TransformStep;
import io.penstock.exporter.transform.Transforms;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all deliveries of one export share to read with: deliveries of one context are never read at
 * the same time, so one body and one slice buffer serve them all. Both grow to the largest batch.
 *
 * <p>Threading: confined to the export's context.
 */
final class ReadBuffers {
    private static final int FIRST_BYTES = 64 << 10;

    final RecordReader reader = new RecordReader();
    final WriteBuffer slice = new WriteBuffer(0);
    final Transforms transforms;
    private @Nullable NativeEncoder encoder;
    private byte[] body = new byte[FIRST_BYTES];

    /** Buffers of an export with these transforms. */
    ReadBuffers(List<TransformStep> steps) {
        transforms = Transforms.compile(steps);
    }

    /** Where transformed records are encoded for sinks that want bytes; made when one does. */
    NativeEncoder encoder() {
        NativeEncoder made = encoder == null ? new NativeEncoder() : encoder;
        encoder = made;
        return made;
    }

    /** Copies an entry's body out of the ring; answers the array, valid until the next call. */
    byte[] body(EntryView entry) {
        int length = entry.bodyBytes();
        if (length > body.length) {
            body = new byte[Math.max(length, body.length * 2)];
        }
        entry.copyBody(body, 0);
        return body;
    }
}
