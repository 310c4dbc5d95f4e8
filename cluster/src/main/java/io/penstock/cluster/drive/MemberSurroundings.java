package io.penstock.cluster.drive;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.lease.Surroundings;
import io.penstock.cluster.member.ClusterMessages;
import io.penstock.cluster.message.Message;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a member asks for, passed on to whoever does it.
 *
 * <p>Threading: the member's thread, except for the lessor, which any thread asks.
 */
final class MemberSurroundings implements Surroundings, TaskRunner.Lessor {
    private static final Logger LOG = LoggerFactory.getLogger(MemberSurroundings.class);

    private final ClusterMessages messages;
    private final Consumer<AssignmentTable> writer;
    private final BiConsumer<Version, Long> hints;
    private final TaskRunner runner;
    private final BiConsumer<NodeId, Message> others;
    private final Permits permits = new Permits();

    /** Said and not yet passed on; no more than there are tasks here. */
    private final Set<TaskKey> stopped = ConcurrentHashMap.newKeySet();

    private final SortedSet<TaskKey> running = new TreeSet<>();
    private SortedSet<TaskKey> shown = Collections.emptySortedSet();
    private boolean hasChanged;

    MemberSurroundings(
            ClusterMessages messages,
            Consumer<AssignmentTable> writer,
            BiConsumer<Version, Long> hints,
            TaskRunner runner,
            BiConsumer<NodeId, Message> others) {
        this.messages = messages;
        this.writer = writer;
        this.hints = hints;
        this.runner = runner;
        this.others = others;
    }

    Permits permits() {
        return permits;
    }

    @Override
    public void send(NodeId to, byte[] message) {
        messages.send(to, message);
    }

    @Override
    public void write(AssignmentTable table) {
        writer.accept(table);
    }

    @Override
    public void pull(Version atLeast) {
        hints.accept(atLeast, System.nanoTime());
    }

    @Override
    public void start(TaskKey task, Version since) {
        running.add(task);
        hasChanged = true;
        permits.started(task);
        runner.start(task, since, this);
    }

    @Override
    public void release(TaskKey task) {
        runner.release(task);
    }

    @Override
    public void cut(TaskKey task) {
        permits.ended(task);
        runner.cut(task);
    }

    @Override
    public void deliver(NodeId from, Message message) {
        others.accept(from, message);
    }

    @Override
    public void ordersLost(Version had, Version named) {
        LOG.error(
                "cluster: this node leads, and could not get the orders of {} that a voter named;"
                        + " it goes on by those of {}. Drains, pins and groups that were confirmed"
                        + " since may be lost: compare /v1/orders with what you want",
                named,
                had);
    }

    /** What has stopped since the last call. */
    Set<TaskKey> takeStopped() {
        if (stopped.isEmpty()) {
            return Set.of();
        }
        Set<TaskKey> taken = Set.copyOf(stopped);
        stopped.removeAll(taken);
        taken.forEach(permits::ended);
        hasChanged |= running.removeAll(taken);
        return taken;
    }

    /** A copy of what runs here. */
    SortedSet<TaskKey> running() {
        if (hasChanged) {
            hasChanged = false;
            shown = Collections.unmodifiableSortedSet(new TreeSet<>(running));
        }
        return shown;
    }

    @Override
    public boolean mayDeliver(TaskKey task) {
        return permits.mayDeliver(task, System.nanoTime());
    }

    @Override
    public void stopped(TaskKey task) {
        stopped.add(task);
    }
}
