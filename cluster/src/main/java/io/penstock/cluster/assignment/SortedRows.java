package io.penstock.cluster.assignment;

import io.penstock.cluster.TaskKey;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are sorted already, in the one form from which {@link java.util.TreeMap} copies without
 * comparing: it asks a sorted map for its comparator, its size and its entries in order. Nothing
 * else is answered.
 *
 * <p>Threading: confined to the decoder.
 */
// TreeMap copies from a SortedMap; a NavigableMap would only have more to leave unanswered
@SuppressWarnings("JdkObsolete")
final class SortedRows extends AbstractMap<TaskKey, Row> implements SortedMap<TaskKey, Row> {

    private final List<Map.Entry<TaskKey, Row>> entries;

    /** Entries in ascending order of their keys, which are all different. */
    SortedRows(List<Map.Entry<TaskKey, Row>> entries) {
        this.entries = entries;
    }

    @Override
    public Set<Map.Entry<TaskKey, Row>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<TaskKey, Row>> iterator() {
                return entries.iterator();
            }

            @Override
            public int size() {
                return entries.size();
            }
        };
    }

    @Override
    public @Nullable Comparator<? super TaskKey> comparator() {
        return null;
    }

    @Override
    public TaskKey firstKey() {
        return entries.get(0).getKey();
    }

    @Override
    public TaskKey lastKey() {
        return entries.get(entries.size() - 1).getKey();
    }

    @Override
    public SortedMap<TaskKey, Row> subMap(TaskKey from, TaskKey to) {
        throw new UnsupportedOperationException("rows on their way into a table");
    }

    @Override
    public SortedMap<TaskKey, Row> headMap(TaskKey to) {
        throw new UnsupportedOperationException("rows on their way into a table");
    }

    @Override
    public SortedMap<TaskKey, Row> tailMap(TaskKey from) {
        throw new UnsupportedOperationException("rows on their way into a table");
    }
}
