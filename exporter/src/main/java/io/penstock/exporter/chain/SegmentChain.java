package io.penstock.exporter.chain;

import io.penstock.exporter.segment.Segment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The segments in use, oldest first: those with data, the one that writers claim in (the tail) and
 * those that stand ready behind it.
 *
 * <p>Threading: any thread. The lock is held for a few steps only, never during file I/O; writers
 * and walks follow {@link Segment#next} and do not take it.
 */
public final class SegmentChain {
    private final ArrayDeque<Segment> segments = new ArrayDeque<>();
    private volatile Segment tail;

    public SegmentChain(Segment first) {
        segments.add(first);
        tail = first;
    }

    /** Where writers claim. */
    public Segment tail() {
        return tail;
    }

    /** Adds a segment at the far end. */
    public synchronized void append(Segment segment) {
        segments.getLast().link(segment);
        segments.addLast(segment);
    }

    /** Moves the tail on by one; false when somebody else did. */
    public synchronized boolean advance(Segment from, Segment to) {
        if (tail != from) {
            return false;
        }
        tail = to;
        return true;
    }

    public synchronized Segment oldest() {
        return segments.getFirst();
    }

    public synchronized Segment newest() {
        return segments.getLast();
    }

    /** Pins the oldest segment, and so all. */
    public synchronized Segment pinOldest() {
        Segment oldest = segments.getFirst();
        if (!oldest.pin()) {
            throw new IllegalStateException(oldest + " is retired");
        }
        return oldest;
    }

    /** Takes the oldest segment out, unless it is the tail or somebody pinned it. */
    public synchronized @Nullable Segment retireOldest() {
        Segment oldest = segments.getFirst();
        if (oldest == tail || !oldest.retire()) {
            return null;
        }
        return segments.removeFirst();
    }

    /** The segment that holds a position, or else the first one above it, or else the newest. */
    public synchronized Segment find(long position) {
        for (Segment segment : segments) {
            if (position <= segment.end()) {
                return segment;
            }
        }
        return segments.getLast();
    }

    /** Segments that stand ready behind the tail. */
    public int ready() {
        int count = 0;
        Segment at = tail.next();
        while (at != null) {
            count++;
            at = at.next();
        }
        return count;
    }

    public synchronized List<Segment> all() {
        return new ArrayList<>(segments);
    }

    public synchronized int size() {
        return segments.size();
    }
}
