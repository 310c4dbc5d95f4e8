package io.penstock.exporter.stage;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The count of staged bytes of the whole node, exact whenever no append is under way: the sum over
 * all open stages of tail minus head. A stage counts through a part of it, which counts in the
 * share of the repo's owner too.
 *
 * <p>Bytes are reserved before an append and corrected afterwards to what the tail really moved, so
 * that the limit holds also while several event loops append at once. Padding at the end of a
 * segment is known only afterwards: by so much the count may pass the limit.
 *
 * <p>Threading: any thread.
 */
final class StagedBytes {
    static final String NODE_FULL = "the node's staging limit is reached";

    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong drained = new AtomicLong();

    /** What one stage counts in: the node's bytes, and a share of them. */
    final class Part {
        private final StagedShare share;

        private Part(StagedShare share) {
            this.share = share;
        }

        /**
         * Takes room.
         *
         * @param repoBytes that are staged in the repo already
         * @return empty, or what is in the way; then none is taken
         */
        String reserve(long bytes, long repoBytes) {
            long after = used.addAndGet(bytes);
            String fault = after > limit ? NODE_FULL : share.fault(bytes, repoBytes, after, limit);
            if (fault.isEmpty()) {
                share.add(bytes);
            } else {
                used.addAndGet(-bytes);
            }
            return fault;
        }

        /** Corrects the count by a difference that has nothing to do with draining. */
        void adjust(long bytes) {
            used.addAndGet(bytes);
            share.add(bytes);
        }

        /** A head moved. */
        void drained(long bytes) {
            used.addAndGet(-bytes);
            drained.addAndGet(bytes);
            share.add(-bytes);
        }
    }

    StagedBytes(long limit) {
        this.limit = limit;
    }

    Part part(StagedShare share) {
        return new Part(share);
    }

    long used() {
        return used.get();
    }

    /** All bytes that were ever drained; its growth is the node's drain rate. */
    long drainedTotal() {
        return drained.get();
    }
}
