package io.penstock.exporter.chain;

import io.penstock.exporter.segment.EntryWalk;
import io.penstock.exporter.segment.Segment;
import io.penstock.exporter.segment.SegmentLayout;
import java.io.IOException;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes what is published survive a loss of power, segment by segment.
 *
 * <p>Threading: any thread; one at a time forces.
 */
public final class ChainForce {
    private final SegmentChain chain;
    private final BiConsumer<Segment, IOException> onFailure;
    private final BooleanSupplier stopped;

    // Guarded by this
    private Segment segment;
    private int offset = SegmentLayout.DATA_START;

    private volatile long position;

    /**
     * Nothing is forced yet.
     *
     * @param stopped whether the ring takes nothing since a segment failed; it goes on only when
     *     all that it held is settled
     */
    public ChainForce(
            SegmentChain chain,
            BiConsumer<Segment, IOException> onFailure,
            BooleanSupplier stopped) {
        this.chain = chain;
        this.onFailure = onFailure;
        this.stopped = stopped;
        this.segment = chain.oldest();
    }

    public long position() {
        return position;
    }

    /** Forces; the oldest segment must be pinned. Blocking. */
    public synchronized void run() throws IOException {
        Segment oldest = chain.oldest();
        if (segment.start() < oldest.start()) {
            // what lies below is settled: nobody waits for it any more
            moveTo(oldest, SegmentLayout.DATA_START);
        }
        Segment behind = segment.next();
        if (segment.failed() && behind != null && !stopped.getAsBoolean()) {
            // all of it is settled, or the ring would not go on; it only was not retired yet
            moveTo(behind, SegmentLayout.DATA_START);
        }
        Segment next = forceHere();
        while (next != null) {
            moveTo(next, SegmentLayout.DATA_START);
            next = forceHere();
        }
    }

    /** Forces what is published in the present segment; answers where to go on, or null. */
    private @Nullable Segment forceHere() throws IOException {
        // both before the force: what is published during it is not covered
        Segment next = segment.complete() ? segment.next() : null;
        int to = publishedTo();
        if (to > offset) {
            try {
                segment.force();
            } catch (IOException e) {
                onFailure.accept(segment, e);
                throw e;
            }
        }
        moveTo(segment, to);
        return next;
    }

    /** Offset up to which every claim is over: entries above an open claim have to wait for it. */
    private int publishedTo() {
        int quiet = segment.quietTo();
        if (quiet >= 0) {
            return quiet;
        }
        EntryWalk walk = new EntryWalk(segment, offset);
        int to = offset;
        while (walk.next(EntryWalk.Depth.WORDS) != EntryWalk.Step.END
                && walk.segment() == segment) {
            to = walk.offset();
        }
        return to;
    }

    private void moveTo(Segment to, int toOffset) {
        segment = to;
        offset = toOffset;
        position = to.start() + toOffset;
    }
}
