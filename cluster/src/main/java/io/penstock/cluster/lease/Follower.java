package io.penstock.cluster.lease;

import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.message.Message.Renew;
import io.penstock.cluster.message.Message.Running;
import java.util.HashSet;
import java.util.Set;

/** What the leader knows of one node: its last word. */
final class Follower {

    enum State {
        /** A voter named it as a holder; what it runs is not known yet. */
        HOLDER,
        /** It has given its word, lately. */
        ALIVE,
        /** It is silent: its fence is set, its lease runs out. */
        FENCING,
        /** It runs nothing of older tables; it may come back. */
        GONE
    }

    private State state;

    /** Whether what it runs stands in the holdings. */
    private boolean known;

    private long heardNs;
    private long incarnation;
    private long sentNs = Long.MIN_VALUE;
    private Version table = Version.NONE;
    private long mark;
    private Set<TaskKey> running = Set.of();

    Follower(State state, long nowNs) {
        this.state = state;
        this.heardNs = nowNs;
        this.known = state != State.HOLDER;
    }

    State state() {
        return state;
    }

    boolean isKnown() {
        return known;
    }

    long heardNs() {
        return heardNs;
    }

    Version table() {
        return table;
    }

    long mark() {
        return mark;
    }

    boolean runs(TaskKey task) {
        return running.contains(task);
    }

    /** Whether a word came out of order. */
    boolean isOvertaken(Renew word) {
        return word.incarnation() == incarnation && word.sentNs() < sentNs;
    }

    void hear(Renew word, long nowNs) {
        heardNs = nowNs;
        incarnation = word.incarnation();
        sentNs = word.sentNs();
        table = word.table();
        mark = word.mark();
        Set<TaskKey> tasks = new HashSet<>();
        for (Running each : word.running()) {
            tasks.add(each.task());
        }
        running = tasks;
        state = State.ALIVE;
        known = true;
    }

    void fence() {
        state = State.FENCING;
    }

    void settle() {
        state = State.GONE;
        known = true;
        running = Set.of();
    }

    @Override
    public String toString() {
        return state + (known ? " " : " unknown ") + table + " mark " + mark;
    }
}
