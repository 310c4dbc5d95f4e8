package io.penstock.gateway.follow;

/**
 * What a follower has done. Threading: written by the follower's thread, read by any; the numbers
 * may be of slightly different moments.
 */
public final class FollowCounts {
    volatile int files;
    volatile long behindBytes;
    volatile int underWay;
    volatile long resent;
    volatile long lostBytes;
    volatile long longLines;
    volatile long refusedBatches;
    volatile long rotations;

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
        return resent;
    }

    /** Bytes that were gone before they could be read, or sent again. */
    public long lostBytes() {
        return lostBytes;
    }

    /** Lines left out because they are too long. */
    public long longLines() {
        return longLines;
    }

    /** Batches that the gateway refused for good and that were left out. */
    public long refusedBatches() {
        return refusedBatches;
    }

    /** Files that were renamed, truncated or taken away. */
    public long rotations() {
        return rotations;
    }
}
