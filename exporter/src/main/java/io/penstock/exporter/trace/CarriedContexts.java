package io.penstock.exporter.trace;

import io.penstock.model.RepoName;
import io.penstock.model.TraceParent;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The contexts of traced pushes whose records may not be delivered yet, by the position of their
 * entries. Bounded: the oldest are forgotten first.
 *
 * <p>Threading: any thread.
 */
final class CarriedContexts {
    /**
     * What is known of an entry.
     *
     * @param arrivedMs tells it from another that was at the position once
     */
    record Carried(long arrivedMs, TraceParent push) {}

    private record Key(RepoName repo, long position) {}

    private final int most;
    private final Map<RepoName, TreeMap<Long, Carried>> repos = new HashMap<>();
    private final ArrayDeque<Key> inOrder = new ArrayDeque<>();

    CarriedContexts(int most) {
        this.most = most;
    }

    synchronized void put(RepoName repo, long position, long arrivedMs, TraceParent push) {
        if (inOrder.size() >= most) {
            forget(inOrder.remove());
        }
        Carried before =
                repos.computeIfAbsent(repo, r -> new TreeMap<>())
                        .put(position, new Carried(arrivedMs, push));
        if (before == null) {
            inOrder.add(new Key(repo, position));
        }
    }

    private void forget(Key oldest) {
        TreeMap<Long, Carried> entries = repos.get(oldest.repo());
        if (entries != null) {
            entries.remove(oldest.position());
            if (entries.isEmpty()) {
                repos.remove(oldest.repo());
            }
        }
    }

    /** A copy of what is known of the entries from a position to another; null for nothing. */
    synchronized @Nullable NavigableMap<Long, Carried> between(
            RepoName repo, long first, long end) {
        TreeMap<Long, Carried> entries = repos.get(repo);
        if (entries == null) {
            return null;
        }
        NavigableMap<Long, Carried> found = entries.subMap(first, true, end, false);
        return found.isEmpty() ? null : new TreeMap<>(found);
    }

    synchronized int size() {
        return inOrder.size();
    }
}
