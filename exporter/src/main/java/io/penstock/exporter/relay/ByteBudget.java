package io.penstock.exporter.relay;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes that may be held at once. A piece larger than all of it is let in when it is alone.
 *
 * <p>Threading: any thread.
 */
public final class ByteBudget {
    private final long limitBytes;
    private final AtomicLong held = new AtomicLong();

    /** A budget of so many bytes. */
    public ByteBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Takes room, if there is some; to be given back with {@link #release}. */
    public boolean take(long bytes) {
        long before = held.getAndAdd(bytes);
        if (before > 0 && before + bytes > limitBytes) {
            held.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** Gives room back. */
    public void release(long bytes) {
        held.addAndGet(-bytes);
    }

    /** Bytes held now. */
    public long heldBytes() {
        return held.get();
    }
}
