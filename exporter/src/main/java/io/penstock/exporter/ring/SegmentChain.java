package io.penstock.exporter.ring;

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
final class SegmentChain {
    private final ArrayDeque<Segment> segments = new ArrayDeque<>();
    private volatile Segment tail;

    SegmentChain(Segment first) {
        segments.add(first);
        tail = first;
    }

    /** Where writers claim. */
    Segment tail() {
        return tail;
    }

    /** Adds a segment at the far end. */
    synchronized void append(Segment segment) {
        segments.getLast().link(segment);
        segments.addLast(segment);
    }

    /** Moves the tail on by one; false when somebody else did. */
    synchronized boolean advance(Segment from, Segment to) {
        if (tail != from) {
            return false;
        }
        tail = to;
        return true;
    }

    synchronized Segment oldest() {
        return segments.getFirst();
    }

    synchronized Segment newest() {
        return segments.getLast();
    }

    /** Pins the oldest segment, and so all. */
    synchronized Segment pinOldest() {
        Segment oldest = segments.getFirst();
        if (!oldest.pin()) {
            throw new IllegalStateException(oldest + " is retired");
        }
        return oldest;
    }

    /** Takes the oldest segment out, unless it is the tail or somebody pinned it. */
    synchronized @Nullable Segment retireOldest() {
        Segment oldest = segments.getFirst();
        if (oldest == tail || !oldest.retire()) {
            return null;
        }
        return segments.removeFirst();
    }

    /** The segment that holds a position, or else the first one above it, or else the newest. */
    synchronized Segment find(long position) {
        for (Segment segment : segments) {
            if (position <= segment.end()) {
                return segment;
            }
        }
        return segments.getLast();
    }

    /** Segments that stand ready behind the tail. */
    int ready() {
        int count = 0;
        Segment at = tail.next();
        while (at != null) {
            count++;
            at = at.next();
        }
        return count;
    }

    synchronized List<Segment> all() {
        return new ArrayList<>(segments);
    }

    synchronized int size() {
        return segments.size();
    }
}
