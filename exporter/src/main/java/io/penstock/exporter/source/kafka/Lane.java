package io.penstock.exporter.source.kafka;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.ring.Ring;
import io.penstock.exporter.ring.SlotWriter;
import io.penstock.exporter.stage.Offer;
import io.penstock.exporter.stage.Refusal;
import io.penstock.model.AckLevel;
import io.penstock.model.Receipt;
import io.penstock.model.RepoName;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One partition on its way into the ring: batches wait in their order, one at a time is with the
 * stage, and what has been settled without a gap is known.
 *
 * <p>Threading: the consumer's thread adds, closes and asks; offers and answers happen on the
 * intake's event loop. The monitor is held for a few steps only.
 */
final class Lane {
    /** A refusal that names no time, or a very short one. */
    static final long MIN_RETRY_MS = 5;

    /** A repo that may not be made, or a batch that no ring can hold, waits for a person. */
    static final long HOPELESS_RETRY_MS = 10_000;

    /** A lease that ran out may be renewed. */
    static final long LEASE_RETRY_MS = 50;

    /** Batches staged and not delivered, remembered to be committed; beyond it fetching pauses. */
    static final int MAX_AWAITED = 65_536;

    private final RepoName repo;
    private final AckLevel ack;
    private final Door door;
    private final SourceMeter meter;
    private final long producerId;
    private final BooleanSupplier right;

    // Guarded by this.
    private final Queue<SourceBatch> queue = new ArrayDeque<>();
    private final Queue<Staged> awaited = new ArrayDeque<>();
    private boolean offered;
    private boolean waiting;
    private boolean closed;
    private long settledTo;

    // Confined to the event loop.
    private boolean pumping;

    private volatile String trouble = "";

    /** Something staged: delivered when the ring's head passes {@code end}. */
    private record Staged(long epoch, long end, long nextOffset) {}

    /** The way to the stage: an intake and its context. */
    interface Door {
        /** Runs on the event loop, now or soon; any thread. */
        void run(Runnable task);

        /** Runs on the event loop later; on the event loop. */
        void runLater(long delayMs, Runnable task);

        /** On the event loop. */
        void offer(Offer offer);
    }

    /**
     * @param producerId of the partition, or 0 when nothing is to be remembered
     * @param settledTo offset from which on nothing is settled yet
     * @param right asked before each batch is staged
     */
    Lane(
            KafkaSourceConfig config,
            Door door,
            SourceMeter meter,
            long producerId,
            long settledTo,
            BooleanSupplier right) {
        this.repo = config.repo();
        this.ack = config.ack();
        this.door = door;
        this.meter = meter;
        this.producerId = producerId;
        this.settledTo = settledTo;
        this.right = right;
    }

    /** The ring holds everything up to an offset, from before. */
    synchronized void stagedBefore(Ring ring, long nextOffset) {
        if (ack == AckLevel.DELIVERED) {
            awaited.add(new Staged(ring.epoch(), ring.tail(), nextOffset));
        } else {
            settledTo = nextOffset;
        }
    }

    void add(SourceBatch batch) {
        synchronized (this) {
            if (closed) {
                return;
            }
            queue.add(batch);
            meter.queuedBytes.addAndGet(batch.body().length);
        }
        door.run(this::pump);
    }

    private void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        SourceBatch next = next();
        while (next != null) {
            door.offer(new BatchOffer(next));
            next = next();
        }
        pumping = false;
    }

    private synchronized @Nullable SourceBatch next() {
        if (closed || offered || waiting) {
            return null;
        }
        SourceBatch next = queue.peek();
        if (next != null && !right.getAsBoolean()) {
            waiting = true;
            door.runLater(LEASE_RETRY_MS, this::again);
            return null;
        }
        offered = next != null;
        return next;
    }

    /** Whether offsets of it may be committed now. */
    boolean isAllowed() {
        return right.getAsBoolean();
    }

    private void accepted(SourceBatch batch, Receipt receipt) {
        synchronized (this) {
            offered = false;
            if (!closed) {
                queue.remove();
                meter.queuedBytes.addAndGet(-batch.body().length);
            }
            if (ack == AckLevel.DELIVERED) {
                awaited.add(new Staged(receipt.epoch(), receipt.endPosition(), batch.nextOffset()));
            } else {
                settledTo = batch.nextOffset();
            }
            notifyAll();
        }
        trouble = "";
        if (!receipt.duplicate()) {
            meter.records.add(batch.records());
            meter.bytes.add(batch.body().length);
        }
        pump();
    }

    private void refused(Refusal why) {
        synchronized (this) {
            offered = false;
            waiting = true;
            notifyAll();
        }
        trouble = why.message();
        meter.refusals.increment();
        door.runLater(Math.max(MIN_RETRY_MS, retryMs(why)), this::again);
    }

    private void again() {
        synchronized (this) {
            waiting = false;
        }
        pump();
    }

    private static long retryMs(Refusal why) {
        if (why instanceof Refusal.Full full) {
            return full.retryAfterMs();
        } else if (why instanceof Refusal.Pending pending) {
            return pending.retryAfterMs();
        } else if (why instanceof Refusal.Unavailable unavailable) {
            return unavailable.retryAfterMs();
        }
        // staged, but not confirmed in time: ask again with the same sequence, at once
        return why instanceof Refusal.AckTimeout ? MIN_RETRY_MS : HOPELESS_RETRY_MS;
    }

    /** Whether fetching more makes no sense now. */
    synchronized boolean isBlocked() {
        return waiting || awaited.size() >= MAX_AWAITED;
    }

    /** Whether something was fetched and is not settled. */
    synchronized boolean isBusy() {
        return !queue.isEmpty() || !awaited.isEmpty();
    }

    /** Why the stage refuses; empty when it does not. */
    String trouble() {
        return trouble;
    }

    /**
     * Everything below this offset is settled, without a gap.
     *
     * @param ring the repo's ring, when it is open
     */
    synchronized long settledTo(@Nullable Ring ring) {
        Staged first = awaited.peek();
        while (ring != null
                && first != null
                && first.epoch() == ring.epoch()
                && first.end() <= ring.head()) {
            settledTo = first.nextOffset();
            awaited.remove();
            first = awaited.peek();
        }
        return settledTo;
    }

    /** Offers nothing more: what waits is dropped, to be fetched again by the next owner. */
    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (SourceBatch batch : queue) {
            meter.queuedBytes.addAndGet(-batch.body().length);
        }
        queue.clear();
    }

    /** Waits until nothing is with the stage. */
    synchronized boolean awaitIdle(long limitMs) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs);
        while (offered) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
            if (leftMs <= 0) {
                return false;
            }
            wait(leftMs);
        }
        return true;
    }

    /** Whether everything that was staged is settled. */
    synchronized boolean isSettled(@Nullable Ring ring) {
        settledTo(ring);
        return awaited.isEmpty();
    }

    /** Whether it was closed and nothing is with the stage any more. */
    synchronized boolean isOver() {
        return closed && !offered;
    }

    /** One batch before the stage. */
    private final class BatchOffer implements Offer {
        private final SourceBatch batch;

        BatchOffer(SourceBatch batch) {
            this.batch = batch;
        }

        @Override
        public RepoName repo() {
            return repo;
        }

        @Override
        public AckLevel ack() {
            // the head tells what is delivered; waiting for it here would hold up the next batch
            return ack == AckLevel.SYNCED ? AckLevel.SYNCED : AckLevel.STAGED;
        }

        @Override
        public boolean inOrder() {
            return true;
        }

        @Override
        public int bodyBytes() {
            return batch.body().length;
        }

        @Override
        public int records() {
            return batch.records();
        }

        @Override
        public byte encoding() {
            Encoding encoding = batch.encoding();
            return encoding.code();
        }

        @Override
        public long producerId() {
            return producerId;
        }

        /** Offsets count from 0, sequences from 1: the offset behind the last record. */
        @Override
        public long sequence() {
            return batch.nextOffset();
        }

        @Override
        public long arrivedMs() {
            return batch.arrivedMs();
        }

        @Override
        public void writeBody(SlotWriter slot) {
            slot.put(batch.body(), 0, batch.body().length);
        }

        @Override
        public void accepted(Receipt receipt) {
            Lane.this.accepted(batch, receipt);
        }

        @Override
        public void refused(Refusal why) {
            Lane.this.refused(why);
        }
    }
}
