package io.penstock.gateway.boot;

import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.drive.TaskRunner;
import java.util.HashMap;
import java.util.Map;

/**
 * The tasks that are assigned to this node. It does not gate exports by them: every node exports
 * what is staged on it, until what one node stages can be forwarded to another.
 *
 * <p>Threading: the member's thread.
 */
final class AssignedTasks implements TaskRunner {
    private final Map<TaskKey, Lessor> assigned = new HashMap<>();

    @Override
    public void start(TaskKey task, Version since, Lessor lessor) {
        assigned.put(task, lessor);
    }

    @Override
    public void release(TaskKey task) {
        cut(task);
    }

    @Override
    public void cut(TaskKey task) {
        Lessor lessor = assigned.remove(task);
        if (lessor != null) {
            lessor.stopped(task);
        }
    }
}
