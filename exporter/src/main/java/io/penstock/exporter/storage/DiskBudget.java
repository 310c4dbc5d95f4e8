package io.penstock.exporter.storage;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes that all rings of a node may take on disk. The last eighth is kept for rings that hold
 * little, so that a few that park a lot do not shut out the others.
 *
 * <p>Threading: any thread.
 */
public final class DiskBudget {
    private static final int RESERVE_DIVISOR = 8;

    private final long limitBytes;
    private final AtomicLong usedBytes;
    private final DiskShare share;

    /** A budget of so many bytes. */
    public DiskBudget(long limitBytes) {
        this(limitBytes, new AtomicLong(), DiskShare.ALL);
    }

    private DiskBudget(long limitBytes, AtomicLong usedBytes, DiskShare share) {
        if (limitBytes <= 0) {
            throw new IllegalArgumentException("max_bytes: must be positive, is " + limitBytes);
        }
        this.limitBytes = limitBytes;
        this.usedBytes = usedBytes;
        this.share = share;
    }

    /** The same bytes, as far as a share of them allows to those that hold much. */
    public DiskBudget part(DiskShare ofThem) {
        return new DiskBudget(limitBytes, usedBytes, ofThem);
    }

    /**
     * Takes a share.
     *
     * @param large whether the asking ring holds more than it needs to go on
     * @return whether there was that much
     */
    public boolean reserve(long bytes, boolean large) {
        while (true) {
            long used = usedBytes.get();
            if (!allows(bytes, large, used)) {
                return false;
            }
            if (usedBytes.compareAndSet(used, used + bytes)) {
                share.add(bytes);
                return true;
            }
        }
    }

    /** Whether {@link #reserve} would have found that much just now. */
    public boolean hasRoom(long bytes, boolean large) {
        return allows(bytes, large, usedBytes.get());
    }

    private boolean allows(long bytes, boolean large, long used) {
        long free = limit(large) - used - bytes;
        return free >= 0 && (!large || share.allows(bytes, free));
    }

    private long limit(boolean large) {
        return large ? limitBytes - limitBytes / RESERVE_DIVISOR : limitBytes;
    }

    /** Takes what is on the disk already, whatever the limit. */
    public void charge(long bytes) {
        usedBytes.addAndGet(bytes);
        share.add(bytes);
    }

    /** Gives a share back. */
    public void release(long bytes) {
        usedBytes.addAndGet(-bytes);
        share.add(-bytes);
    }

    /** Bytes taken at present by rings that are open. */
    public long usedBytes() {
        return usedBytes.get();
    }

    /** The limit. */
    public long limitBytes() {
        return limitBytes;
    }
}
