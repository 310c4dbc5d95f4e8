package io.penstock.exporter.recovery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rows of patterns over a fixed tuple of facts. A combination is decided by the one row that
 * matches it.
 *
 * <p>Threading: immutable once built.
 *
 * @param <D> decisions
 */
final class DecisionTable<D extends Enum<D>> {

    /** One row: a letter for people and tests, the facts it stands for, and what to do. */
    record Row<D>(String label, D decision, List<Set<? extends Enum<?>>> pattern) {
        boolean matches(Enum<?>... facts) {
            for (int i = 0; i < facts.length; i++) {
                if (!pattern.get(i).contains(facts[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Class<? extends Enum<?>>> facts;
    private final List<Row<D>> rows = new ArrayList<>();

    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    DecisionTable(Class<? extends Enum<?>>... facts) {
        this.facts = List.of(facts);
    }

    /** Adds a row; as many sets as there are facts. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    final DecisionTable<D> row(String label, D decision, Set<? extends Enum<?>>... pattern) {
        if (pattern.length != facts.size()) {
            throw new IllegalArgumentException("row " + label + " has " + pattern.length);
        }
        rows.add(new Row<>(label, decision, List.of(pattern)));
        return this;
    }

    static <E extends Enum<E>> Set<E> any(Class<E> type) {
        return EnumSet.allOf(type);
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    static <E extends Enum<E>> Set<E> in(E first, E... others) {
        return EnumSet.of(first, others);
    }

    /** The decision; the row's existence and uniqueness are proved by a test. */
    D decide(Enum<?>... found) {
        for (Row<D> row : rows) {
            if (row.matches(found)) {
                return row.decision();
            }
        }
        throw new IllegalStateException("no row for " + Arrays.toString(found));
    }

    /** Letters of the rows that match. */
    List<String> labels(Enum<?>... found) {
        return rows.stream()
                .filter(row -> row.matches(found))
                .map(Row::label)
                .collect(Collectors.toList());
    }

    /** Letters of all rows. */
    List<String> labels() {
        return rows.stream().map(Row::label).collect(Collectors.toList());
    }

    /** Types of the facts. */
    List<Class<? extends Enum<?>>> facts() {
        return facts;
    }
}
