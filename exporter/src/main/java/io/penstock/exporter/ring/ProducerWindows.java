package io.penstock.exporter.ring;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which (producer, sequence) pairs were staged lately. Per producer the last {@link #WINDOW}
 * sequences are remembered with their positions; at most {@code maxProducers} producers, the
 * longest idle forgotten first.
 *
 * <p>A pair is admitted, then either staged or abandoned, by the thread that admitted it. An append
 * marks the pairs of its run as staged by itself, before the segment counts as complete: so whoever
 * reads the windows up to the end of a complete segment misses none. Calling {@link #staged} again
 * changes nothing.
 *
 * <p>Threading: any thread; each call holds a short lock of its own producer.
 */
public final class ProducerWindows {
    /** Sequences remembered per producer. */
    public static final int WINDOW = 256;

    /** The pair is new; it is marked pending until {@link #staged} or {@link #abandoned}. */
    public static final long NEW = -1;

    /** The same pair is being staged right now by somebody else: come back in a moment. */
    public static final long PENDING = -2;

    /** The sequence lies below the remembered window. */
    public static final long WENT_BACK = -3;

    /** The sequence lies more than {@link #WINDOW} above the highest seen. */
    public static final long JUMPED = -4;

    private final int maxProducers;

    /** In the order of use, the longest idle first. */
    private final LinkedHashMap<Long, ProducerWindow> windows =
            new LinkedHashMap<>(16, 0.75f, true);

    ProducerWindows(int maxProducers) {
        this.maxProducers = maxProducers;
    }

    /**
     * Admits a pair. Producer 0 stands for none: every pair of it is new.
     *
     * @return the position where it was staged before (0 or more), or {@link #NEW}, {@link
     *     #PENDING}, {@link #WENT_BACK}, {@link #JUMPED}
     */
    public long admit(long producerId, long sequence) {
        if (producerId == 0) {
            return NEW;
        }
        // in the monitor, so that a window is not forgotten between its finding and its use
        synchronized (windows) {
            ProducerWindow window = windowFor(producerId);
            return window == null ? PENDING : window.admit(sequence);
        }
    }

    /** Admits the pair of an entry, by the rule that its producer keeps to. */
    public long admit(PutEntry entry) {
        return entry.inOrder()
                ? admitInOrder(entry.producerId(), entry.sequence())
                : admit(entry.producerId(), entry.sequence());
    }

    /**
     * Admits a pair of a producer whose sequences only grow, leaping as far as they like, and which
     * has one pair under way at a time: a source, whose sequences are offsets. Here it is known
     * that everything up to the highest staged one is staged.
     *
     * @return the position of the highest staged one when {@code sequence} is not above it, or
     *     {@link #NEW}, {@link #PENDING}
     */
    long admitInOrder(long producerId, long sequence) {
        synchronized (windows) {
            ProducerWindow window = windowFor(producerId);
            return window == null ? PENDING : window.admitInOrder(sequence);
        }
    }

    /** The admitted pair stands at {@code position}. */
    public void staged(long producerId, long sequence, long position) {
        if (producerId == 0) {
            return;
        }
        synchronized (windows) {
            ProducerWindow window = windowFor(producerId);
            if (window != null) {
                window.staged(sequence, position);
            }
        }
    }

    /** The admitted pair was not staged; it may be admitted again. */
    public void abandoned(long producerId, long sequence) {
        ProducerWindow window = find(producerId);
        if (window != null) {
            window.abandoned(sequence);
        }
    }

    /** Highest sequence staged by a producer, or 0; for messages. */
    public long highest(long producerId) {
        ProducerWindow window = find(producerId);
        return window == null ? 0 : window.highestStaged();
    }

    /** Producers remembered. */
    public int producers() {
        synchronized (windows) {
            return windows.size();
        }
    }

    private @Nullable ProducerWindow find(long producerId) {
        synchronized (windows) {
            return windows.get(producerId);
        }
    }

    /** The window of a producer; null when there is none and nobody can be forgotten for it. */
    private @Nullable ProducerWindow windowFor(long producerId) {
        ProducerWindow window = windows.get(producerId);
        if (window == null && (windows.size() < maxProducers || forgetOne())) {
            window = new ProducerWindow();
            windows.put(producerId, window);
        }
        return window;
    }

    private boolean forgetOne() {
        Iterator<ProducerWindow> longestIdleFirst = windows.values().iterator();
        while (longestIdleFirst.hasNext()) {
            if (!longestIdleFirst.next().busy()) {
                longestIdleFirst.remove();
                return true;
            }
        }
        return false;
    }

    /** What was staged below a position, for the snapshot; longest idle first. */
    ByteBuffer encode(long position) {
        List<long[]> rows = new ArrayList<>();
        int bytes = Integer.BYTES;
        for (Map.Entry<Long, ProducerWindow> entry : copy()) {
            long[] pairs = entry.getValue().stagedBelow(position);
            if (pairs.length > 0) {
                rows.add(new long[] {entry.getKey()});
                rows.add(pairs);
                bytes += Long.BYTES + Integer.BYTES + pairs.length * Long.BYTES;
            }
        }
        ByteBuffer buffer = ByteBuffer.allocate(bytes).putInt(rows.size() / 2);
        for (int i = 0; i < rows.size(); i += 2) {
            buffer.putLong(rows.get(i)[0]).putInt(rows.get(i + 1).length);
            for (long value : rows.get(i + 1)) {
                buffer.putLong(value);
            }
        }
        return buffer.flip();
    }

    private List<Map.Entry<Long, ProducerWindow>> copy() {
        synchronized (windows) {
            List<Map.Entry<Long, ProducerWindow>> copy = new ArrayList<>(windows.size());
            windows.forEach((producer, window) -> copy.add(Map.entry(producer, window)));
            return copy;
        }
    }

    /** Takes in what {@link #encode} wrote. */
    void decode(ByteBuffer encoded) {
        ByteBuffer buffer = encoded.duplicate();
        int count = buffer.getInt();
        for (int i = 0; i < count; i++) {
            long producer = buffer.getLong();
            int values = buffer.getInt();
            for (int pair = 0; pair < values / 2; pair++) {
                staged(producer, buffer.getLong(), buffer.getLong());
            }
        }
    }
}
