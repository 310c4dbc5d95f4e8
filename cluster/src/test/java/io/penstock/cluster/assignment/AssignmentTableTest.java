package io.penstock.cluster.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.model.RepoName;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AssignmentTableTest {
    private static final TaskKey TASK = new TaskKey(new RepoName("access"), "files", 0);

    private final TreeMap<TaskKey, Row> rows = new TreeMap<>();

    private static Row row(long sequence) {
        return new Row(new NodeId("a"), Row.State.RUN, new Version(1, sequence));
    }

    @Test
    void isACopy() {
        rows.put(TASK, row(1));
        AssignmentTable table = new AssignmentTable(new Version(1, 2), rows);

        rows.clear();

        assertThat(table.rows()).containsOnlyKeys(TASK);
    }

    @Test
    void noRowIsNewerThanItsTable() {
        rows.put(TASK, row(3));

        assertThatThrownBy(() -> new AssignmentTable(new Version(1, 2), rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("access/files#0");
    }
}
