package io.penstock.cluster.lease;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.assignment.Row;
import io.penstock.cluster.election.Ballot;
import io.penstock.cluster.election.Confirmations;
import io.penstock.cluster.election.Timing;
import io.penstock.cluster.election.Voters;
import io.penstock.cluster.lease.Member.Offer;
import io.penstock.cluster.message.Message;
import io.penstock.cluster.message.Message.Hail;
import io.penstock.cluster.message.Message.Renew;
import io.penstock.cluster.message.Message.RenewAnswer;
import io.penstock.cluster.message.Message.Running;
import io.penstock.cluster.message.Message.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The node's side: its lease, the table that it goes by, and what it runs. */
class NodeLease {
    private final Timing timing;
    private final Voters voters;
    private final NodeId self;
    private final long incarnation;
    private final Surroundings around;
    private final Confirmations confirmations;
    private final TreeMap<TaskKey, Run> runs = new TreeMap<>();
    private final Map<TaskKey, Row> ownRows = new TreeMap<>();
    private AssignmentTable table = AssignmentTable.NONE;

    /** Newer than the table, of a leader that the node has not heard of yet. */
    private @Nullable AssignmentTable ahead;

    /** Epoch of the newest leader that the node has heard of; it goes by no other's tables. */
    private long leaderEpoch;

    private long seenEpoch;
    private long markEpoch;
    private long mark;
    private @Nullable NodeId leader;
    private Verdict lastVerdict = Verdict.YES;
    private boolean wantsRenewal = true;
    private long renewedNs = Confirmations.NEVER;

    NodeLease(Timing timing, Voters voters, NodeId self, long incarnation, Surroundings around) {
        this.timing = timing;
        this.voters = voters;
        this.self = self;
        this.incarnation = incarnation;
        this.around = around;
        this.confirmations = new Confirmations(voters);
    }

    Version table() {
        return table.version();
    }

    AssignmentTable assignments() {
        return table;
    }

    boolean isFrozen() {
        return leaderEpoch > table.version().epoch();
    }

    long seenEpoch() {
        return seenEpoch;
    }

    @Nullable NodeId leader() {
        return leader;
    }

    /** When the lease is over. */
    long hardEndNs() {
        return confirmations.by(voters.leaseQuorum()) + timing.leaseNs();
    }

    /** When the node begins to stop, should it not be renewed. */
    long softEndNs() {
        return confirmations.by(voters.leaseQuorum()) + timing.softEndNs();
    }

    /** Until when a task may deliver; long ago if it does not run. */
    long deliverUntilNs(TaskKey task) {
        Run run = runs.get(task);
        return run == null ? Confirmations.NEVER : Math.min(run.cutNs(), hardEndNs());
    }

    /** First in every call: what ran under a lease that is over does not come to life again. */
    void expire(long nowNs) {
        if (nowNs < hardEndNs()) {
            return;
        }
        for (Map.Entry<TaskKey, Run> run : runs.entrySet()) {
            cut(run, nowNs);
        }
    }

    /** The next renewal to everybody if it is time for one. */
    boolean isRenewalDue(long nowNs) {
        return wantsRenewal || nowNs - renewedNs >= timing.heartbeatNs();
    }

    /** Makes the renewals of one round; the leader's says what runs. */
    void renewed(long nowNs) {
        wantsRenewal = false;
        renewedNs = nowNs;
    }

    Renew renewal(NodeId to, long nowNs) {
        boolean whole = to.equals(leader);
        List<Running> running = new ArrayList<>();
        if (whole) {
            runs.forEach(
                    (task, run) -> {
                        if (run.cutNs() > nowNs) {
                            running.add(new Running(task, run.since()));
                        }
                    });
        }
        return new Renew(
                incarnation,
                nowNs,
                table.version(),
                leaderEpoch,
                seenEpoch,
                markEpoch,
                mark,
                whole,
                running);
    }

    void hear(NodeId voter, RenewAnswer answer, long nowNs) {
        if (answer.incarnation() != incarnation) {
            return;
        }
        if (answer.leader() != null && answer.promisedEpoch() >= markEpoch) {
            leader = answer.leader();
        }
        lastVerdict = answer.verdict();
        saw(answer.promisedEpoch());
        if (answer.verdict() == Verdict.YES) {
            confirmations.confirm(voter, basis(answer, nowNs));
        }
        hearLeader(answer.floor().epoch(), nowNs);
        if (answer.floor().supersedes(table.version()) && answer.floor().sequence() > 0) {
            around.pull(answer.floor());
        }
        settle(nowNs);
    }

    /** From when a confirmed lease counts: the sending, the one moment known to lie before it. */
    long basis(RenewAnswer answer, long nowNs) {
        return answer.sentNs();
    }

    void hear(NodeId from, Hail hail, long nowNs) {
        if (hail.epoch() < markEpoch || hail.epoch() > Ballot.MAX_EPOCH) {
            return;
        }
        leader = from;
        mark = hail.epoch() > markEpoch ? hail.mark() : Math.max(mark, hail.mark());
        markEpoch = hail.epoch();
        hearLeader(hail.epoch(), nowNs);
        wantsRenewal = true;
        if (hail.newest().supersedes(table.version())) {
            around.pull(hail.newest());
        }
        settle(nowNs);
    }

    /** Takes a table that was pulled. */
    Offer offer(AssignmentTable other, long nowNs) {
        Version version = other.version();
        if (version.epoch() > Ballot.MAX_EPOCH) {
            return Offer.IMPOSSIBLE;
        }
        saw(version.epoch());
        if (!version.supersedes(table.version()) || version.epoch() < leaderEpoch) {
            return Offer.OLDER;
        }
        if (version.epoch() > leaderEpoch) {
            AssignmentTable waiting = ahead;
            if (waiting == null || version.supersedes(waiting.version())) {
                ahead = other;
            }
            return Offer.AHEAD;
        }
        adopt(other, nowNs);
        return Offer.ADOPTED;
    }

    void stopped(TaskKey task, long nowNs) {
        if (runs.remove(task) != null) {
            wantsRenewal = true;
            settle(nowNs);
        }
    }

    private void saw(long epoch) {
        if (epoch <= Ballot.MAX_EPOCH) {
            seenEpoch = Math.max(seenEpoch, epoch);
        }
    }

    /**
     * There is or was a leader of this epoch. If it is a newer one, then what runs goes on, nothing
     * starts by older tables, and a table of that epoch is no invention.
     */
    private void hearLeader(long epoch, long nowNs) {
        if (epoch <= leaderEpoch || epoch > Ballot.MAX_EPOCH) {
            return;
        }
        leaderEpoch = epoch;
        saw(epoch);
        wantsRenewal = true;
        AssignmentTable waiting = ahead;
        if (waiting != null && waiting.version().epoch() <= epoch) {
            ahead = null;
            offer(waiting, nowNs);
        }
    }

    private void adopt(AssignmentTable newer, long nowNs) {
        table = newer;
        ownRows.clear();
        newer.rows()
                .forEach(
                        (task, row) -> {
                            if (row.node().equals(self)) {
                                ownRows.put(task, row);
                            }
                        });
        wantsRenewal = true;
        settle(nowNs);
    }

    /** Brings what runs and what the table says together. */
    void settle(long nowNs) {
        if (isFrozen()) {
            return;
        }
        for (Map.Entry<TaskKey, Run> entry : runs.entrySet()) {
            conform(entry, ownRows.get(entry.getKey()));
        }
        if (nowNs >= softEndNs()) {
            return;
        }
        ownRows.forEach(
                (task, row) -> {
                    boolean isNew = row.state() == Row.State.RUN && !runs.containsKey(task);
                    if (isNew && runs.size() < Message.MAX_RUNNING) {
                        runs.put(task, Run.started(row.since()));
                        around.start(task, row.since());
                    }
                });
    }

    private void conform(Map.Entry<TaskKey, Run> entry, @Nullable Row row) {
        Run run = entry.getValue();
        if (row == null || run.state() == Run.State.CUT) {
            // no word for it any more: what the lease of this moment allows, and nothing on top
            cut(entry, hardEndNs());
            return;
        }
        boolean goesOn = row.state() == Row.State.RUN && row.since().equals(run.since());
        if (run.state() == Run.State.LIVE && !goesOn) {
            entry.setValue(run.releasing());
            around.release(entry.getKey());
        }
    }

    private void cut(Map.Entry<TaskKey, Run> entry, long atNs) {
        Run run = entry.getValue();
        boolean isFirst = run.state() != Run.State.CUT;
        entry.setValue(run.cutAt(atNs));
        if (isFirst) {
            around.cut(entry.getKey());
        }
    }

    @Override
    public String toString() {
        return "goes by "
                + table.version()
                + (isFrozen() ? ", holds still for epoch " + leaderEpoch : "")
                + ", last verdict "
                + lastVerdict
                + ", runs "
                + runs;
    }
}
