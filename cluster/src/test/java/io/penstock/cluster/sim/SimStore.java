package io.penstock.cluster.sim;

import io.penstock.cluster.assignment.AssignmentTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Tables as nodes find them: the newest, an old one, or none; the last may die with a leader. */
final class SimStore {
    private final List<AssignmentTable> history = new ArrayList<>();
    boolean isDown;
    boolean isStale;

    AssignmentTable newest() {
        return history.isEmpty() ? AssignmentTable.NONE : history.get(history.size() - 1);
    }

    /** Whether it was newer than what stood there. */
    boolean save(AssignmentTable table) {
        if (table.version().equals(newest().version())) {
            return true;
        }
        boolean isNewer = table.version().supersedes(newest().version());
        if (isNewer) {
            history.add(table);
        }
        return isNewer;
    }

    /** As with a table that lay with one node alone: the newest ones are gone. */
    void lose(Random random) {
        int lost = Math.min(history.size(), 1 + random.nextInt(5));
        history.subList(history.size() - lost, history.size()).clear();
    }

    AssignmentTable any(Random random) {
        return history.isEmpty()
                ? AssignmentTable.NONE
                : history.get(random.nextInt(history.size()));
    }

    AssignmentTable load(Random random) {
        return isStale && random.nextBoolean() ? any(random) : newest();
    }
}
