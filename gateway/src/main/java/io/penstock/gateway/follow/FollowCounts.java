package io.penstock.gateway.follow;

import java.util.concurrent.atomic.LongAdder;

/**
 * What a follower has done. Threading: written by the follower's thread, read by any; the numbers
 * may be of slightly different moments.
 */
public final class FollowCounts {
    volatile int files;
    volatile long behindBytes;
    volatile int underWay;
    final LongAdder resent = new LongAdder();
    final LongAdder lostBytes = new LongAdder();
    final LongAdder longLines = new LongAdder();
    final LongAdder refusedBatches = new LongAdder();
    final LongAdder rotations = new LongAdder();

    FollowCounts() {}

    /** Files followed at present. */
    public int files() {
        return files;
    }

    /** Bytes in them that are not read yet. */
    public long behindBytes() {
        return behindBytes;
    }

    /** Batches without an answer. */
    public int underWay() {
        return underWay;
    }

    /** Batches that an earlier process had sent, or was about to, and that were sent again. */
    public long resent() {
        return resent.sum();
    }

    /** Bytes that were gone before they could be read, or sent again. */
    public long lostBytes() {
        return lostBytes.sum();
    }

    /** Lines left out because they are too long. */
    public long longLines() {
        return longLines.sum();
    }

    /** Batches that the gateway refused for good and that were left out. */
    public long refusedBatches() {
        return refusedBatches.sum();
    }

    /** Files that were renamed, truncated or taken away. */
    public long rotations() {
        return rotations.sum();
    }
}
