package io.penstock.perf.wire;

import java.nio.ByteBuffer;

/**
 * One place for a request at a time: an encoded request that is sent again and again under growing
 * sequences of its own producer. Threading: confined to the wire's thread.
 */
public abstract class Exchange {
    private final Wire wire;
    private final Batch batch;
    private long sequence;
    private long startedNs;

    Exchange(Wire wire, Batch batch) {
        this.wire = wire;
        this.batch = batch;
    }

    /** What it carries. */
    public final Batch batch() {
        return batch;
    }

    /** When its present request was due, by {@link System#nanoTime}. */
    public final long startedNs() {
        return startedNs;
    }

    /**
     * Queues the next batch of this producer. The wire writes it at its next {@link Wire#flush}.
     */
    public final void sendNext(long dueNs) {
        sequence++;
        startedNs = dueNs;
        sendAgain();
    }

    /** Queues the batch that was refused once more, under the same sequence. */
    public final void sendAgain() {
        rewrite(sequence);
        wire.queue(this);
    }

    /** Sets the request's buffer to its beginning, under a sequence. */
    abstract void rewrite(long next);

    /** The encoded request: position is what was written, limit what may be written now. */
    abstract ByteBuffer request();
}
