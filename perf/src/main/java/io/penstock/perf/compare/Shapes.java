package io.penstock.perf.compare;

import io.penstock.perf.load.BatchSize;
import io.penstock.perf.wire.Shape;
import io.penstock.perf.wire.Transport;
import io.penstock.proto.ingest.v1.AckLevel;

/**
 * How many requests are under way at once: enough to keep one server core busy. An acknowledgement
 * that waits for the disk takes some milliseconds, and what a core takes in during those has to be
 * under way: some 4 MB of large batches, a thousand small requests.
 */
final class Shapes {
    private static final int MOST_STREAMS = 128;
    private static final int SYNCED_BYTES = 4 << 20;

    private Shapes() {}

    static Shape of(Transport transport, BatchSize batch, AckLevel ack) {
        int requests = ack == AckLevel.ACK_LEVEL_STAGED ? staged(batch) : waiting(batch);
        if (transport == Transport.HTTP1) {
            return new Shape(Math.min(requests, MOST_STREAMS * 2), 1);
        }
        int connections = (requests + MOST_STREAMS - 1) / MOST_STREAMS;
        connections = batch.small() ? Math.max(2, connections) : connections;
        return new Shape(connections, requests / connections);
    }

    private static int staged(BatchSize batch) {
        return batch.small() ? 64 : 16;
    }

    private static int waiting(BatchSize batch) {
        return batch.small() ? 1024 : Math.max(16, Math.min(128, SYNCED_BYTES / batch.maxBytes()));
    }
}
