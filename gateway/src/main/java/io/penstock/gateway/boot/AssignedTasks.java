package io.penstock.gateway.boot;

import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.drive.TaskRunner;
import io.penstock.exporter.relay.ExportName;
import io.penstock.exporter.relay.Holdings;
import io.penstock.exporter.relay.Permit;

/**
 * The tasks that are assigned to this node, as what it may deliver.
 *
 * <p>Threading: the member's thread.
 */
final class AssignedTasks implements TaskRunner {
    private final Holdings holdings;

    /** The right that goes with a task. */
    private record Leased(TaskKey task, Lessor lessor) implements Permit {
        @Override
        public boolean mayDeliver() {
            return lessor.mayDeliver(task);
        }

        @Override
        public void stopped() {
            lessor.stopped(task);
        }
    }

    AssignedTasks(Holdings holdings) {
        this.holdings = holdings;
    }

    @Override
    public void start(TaskKey task, Version since, Lessor lessor) {
        holdings.start(export(task), task.share(), new Leased(task, lessor));
    }

    @Override
    public void release(TaskKey task) {
        holdings.release(export(task), task.share());
    }

    @Override
    public void cut(TaskKey task) {
        holdings.cut(export(task), task.share());
    }

    private static ExportName export(TaskKey task) {
        return new ExportName(task.repo(), task.export());
    }
}
