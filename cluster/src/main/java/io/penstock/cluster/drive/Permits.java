package io.penstock.cluster.drive;

import io.penstock.cluster.TaskKey;
import io.penstock.cluster.election.Confirmations;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the member would say to {@code mayDeliver}, for every thread to ask; never more than it
 * would say. A task that is cut is out at once, before the lease that comes after is in.
 *
 * <p>Threading: changed on the member's thread, asked on any.
 */
final class Permits {
    private final Set<TaskKey> live = ConcurrentHashMap.newKeySet();
    private volatile long untilNs = Confirmations.NEVER;

    boolean mayDeliver(TaskKey task, long nowNs) {
        return nowNs < untilNs && live.contains(task);
    }

    void started(TaskKey task) {
        live.add(task);
    }

    void ended(TaskKey task) {
        live.remove(task);
    }

    /** The lease is being wound up from then on. */
    void until(long softEndNs) {
        untilNs = softEndNs;
    }
}
