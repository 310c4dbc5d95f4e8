package io.penstock.cluster.drive;

import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Runs nothing, and stops at once when told. Threading: any thread. */
final class PromptRunner implements TaskRunner {
    final Map<TaskKey, Lessor> running = new ConcurrentHashMap<>();

    @Override
    public void start(TaskKey task, Version since, Lessor lessor) {
        running.put(task, lessor);
    }

    @Override
    public void release(TaskKey task) {
        cut(task);
    }

    @Override
    public void cut(TaskKey task) {
        Lessor lessor = running.remove(task);
        if (lessor != null) {
            lessor.stopped(task);
        }
    }

    boolean mayDeliver(TaskKey task) {
        Lessor lessor = running.get(task);
        return lessor != null && lessor.mayDeliver(task);
    }
}
