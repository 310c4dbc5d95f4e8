package io.penstock.exporter.ring;

import java.util.HashSet;
import java.util.Set;

/**
 * Counts damaged entries, each once however many cursors come by.
 *
 * <p>Threading: any thread.
 */
final class Damage {
    /** Positions remembered; past that many, one that is met twice counts twice. */
    private static final int MAX_REMEMBERED = 4096;

    private final Set<Long> positions = new HashSet<>();
    private long entries;

    Damage(long before) {
        this.entries = before;
    }

    synchronized void saw(long position) {
        if (positions.contains(position)) {
            return;
        }
        entries++;
        if (positions.size() < MAX_REMEMBERED) {
            positions.add(position);
        }
    }

    synchronized long entries() {
        return entries;
    }
}
