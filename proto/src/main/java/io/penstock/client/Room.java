package io.penstock.client;

import java.util.concurrent.CompletableFuture;

/**
 * The bytes that a client may hold: of drafts, of batches that wait, and of those under way. Taken
 * while less than the bound is used, so that at most the bound and one batch is held.
 *
 * <p>Threading: any thread.
 */
final class Room {
    private final long maxBytes;
    private long usedBytes;
    private CompletableFuture<Void> ready = CompletableFuture.completedFuture(null);

    Room(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether there was room; then it is taken. */
    synchronized boolean take(long bytes) {
        if (usedBytes >= maxBytes) {
            return false;
        }
        add(bytes);
        return true;
    }

    /**
     * Takes or, with a negative number, gives back what belongs to something that is held already.
     */
    void adjust(long bytes) {
        CompletableFuture<Void> opened = null;
        synchronized (this) {
            add(bytes);
            if (usedBytes < maxBytes && !ready.isDone()) {
                opened = ready;
            }
        }
        if (opened != null) {
            opened.complete(null);
        }
    }

    private void add(long bytes) {
        usedBytes += bytes;
        if (usedBytes >= maxBytes && ready.isDone()) {
            ready = new CompletableFuture<>();
        }
    }

    /** Completes as soon as there is room; a copy, so that nobody completes it for others. */
    synchronized CompletableFuture<Void> ready() {
        return ready.copy();
    }

    synchronized long usedBytes() {
        return usedBytes;
    }
}
