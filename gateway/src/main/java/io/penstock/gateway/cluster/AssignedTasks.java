package io.penstock.gateway.cluster;

import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.drive.TaskRunner;
import io.penstock.exporter.relay.ExportName;
import io.penstock.exporter.relay.Holdings;
import io.penstock.exporter.relay.Permit;
import io.penstock.exporter.source.Lease;

/**
 * The tasks that are assigned to this node, as what it may deliver and what it may pull.
 *
 * <p>Threading: the member's thread.
 */
final class AssignedTasks implements TaskRunner {
    private final Holdings holdings;
    private final AssignedSources sources;

    /** The right that goes with a task. */
    private record Leased(TaskKey task, Lessor lessor) implements Permit, Lease {
        @Override
        public boolean mayDeliver() {
            return lessor.mayDeliver(task);
        }

        @Override
        public boolean mayStage() {
            return lessor.mayDeliver(task);
        }

        @Override
        public void stopped() {
            lessor.stopped(task);
        }
    }

    AssignedTasks(Holdings holdings, AssignedSources sources) {
        this.holdings = holdings;
        this.sources = sources;
    }

    @Override
    public void start(TaskKey task, Version since, Lessor lessor) {
        Leased leased = new Leased(task, lessor);
        if (task.isSource()) {
            sources.assigned(task.source()).start(task.share(), leased);
        } else {
            holdings.start(export(task), task.share(), leased);
        }
    }

    @Override
    public void release(TaskKey task) {
        if (task.isSource()) {
            sources.assigned(task.source()).release(task.share());
        } else {
            holdings.release(export(task), task.share());
        }
    }

    @Override
    public void cut(TaskKey task) {
        if (task.isSource()) {
            sources.assigned(task.source()).cut(task.share());
        } else {
            holdings.cut(export(task), task.share());
        }
    }

    private static ExportName export(TaskKey task) {
        return new ExportName(task.repo(), task.export());
    }
}
