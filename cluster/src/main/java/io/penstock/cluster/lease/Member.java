package io.penstock.cluster.lease;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.assignment.Orders;
import io.penstock.cluster.election.Ballot;
import io.penstock.cluster.election.Candidate;
import io.penstock.cluster.election.Leadership;
import io.penstock.cluster.election.Timing;
import io.penstock.cluster.election.VoterFile;
import io.penstock.cluster.election.Voters;
import io.penstock.cluster.message.Message;
import io.penstock.cluster.message.Message.AskOrders;
import io.penstock.cluster.message.Message.AskVote;
import io.penstock.cluster.message.Message.Hail;
import io.penstock.cluster.message.Message.LeaderAnswer;
import io.penstock.cluster.message.Message.LeaderRenew;
import io.penstock.cluster.message.Message.OrderAnswer;
import io.penstock.cluster.message.Message.OrderRequest;
import io.penstock.cluster.message.Message.Renew;
import io.penstock.cluster.message.Message.RenewAnswer;
import io.penstock.cluster.message.Message.Resigned;
import io.penstock.cluster.message.Message.TellOrders;
import io.penstock.cluster.message.Message.VoteAnswer;
import io.penstock.cluster.message.MessageCodec;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One node's part in the cluster: its lease, its vote, and its leadership when it has it. Call
 * {@link #tick} some 20 times a second; hand in every message, every table that was pulled and
 * every task that has stopped. All times are nanoseconds of one clock of this process that never
 * goes back ({@code System.nanoTime()}); the wall clock has no part in it.
 *
 * <p>Threading: confined to one thread at a time, which waits for the voter's file: a worker
 * thread, never an event loop.
 */
public final class Member implements Leadership {

    /** What became of a table that was offered. */
    public enum Offer {
        /** The node goes by it now. */
        ADOPTED,
        /** Not newer than what the node goes by, or written under a leader that is over. */
        OLDER,
        /** Of a leader that this node has not heard of: kept until it does. */
        AHEAD,
        /** Of an epoch that no cluster reaches. */
        IMPOSSIBLE
    }

    /**
     * What is known to whoever makes a member.
     *
     * @param self this node
     * @param incarnation of this process; another number for each start, in no order
     * @param voters who votes
     * @param timing the lengths of time
     */
    public record Identity(NodeId self, long incarnation, Voters voters, Timing timing) {}

    /**
     * What a voter must not forget; not touched if the node does not vote.
     *
     * @param promises whom it promised what
     * @param orders the newest orders that it told a leader it has
     */
    public record Files(VoterFile promises, VoterFile orders) {}

    private final Identity me;
    private final Surroundings around;
    private final MemberParts parts;
    private final NodeLease lease;
    private final @Nullable Voter voter;
    private final Candidate candidate;
    private final Deque<Message> toSelf = new ArrayDeque<>();
    private @Nullable Leader leader;
    private boolean isRetired;
    private long refusedMessages;

    /**
     * Starts: holds no lease and no leadership.
     *
     * @param files of this node's voter
     * @param random for waits; seeded in tests
     * @param nowNs now
     */
    public Member(
            Identity me, Files files, RandomGenerator random, Surroundings around, long nowNs) {
        this(me, files, random, around, nowNs, new MemberParts());
    }

    Member(
            Identity me,
            Files files,
            RandomGenerator random,
            Surroundings around,
            long nowNs,
            MemberParts parts) {
        this.me = me;
        this.around = around;
        this.parts = parts;
        this.lease = parts.lease(me.timing, me.voters, me.self, me.incarnation, around);
        this.candidate = new Candidate(me.timing, me.voters, random);
        this.voter =
                me.voters.contains(me.self)
                        ? parts.voter(
                                me.timing,
                                new Ballot(me.timing, me.voters, files.promises, nowNs),
                                new KeptOrders(files.orders),
                                nowNs)
                        : null;
    }

    /** Lets time pass. */
    public void tick(long nowNs) {
        lease.expire(nowNs);
        Voter own = voter;
        if (own != null) {
            own.tick(nowNs);
            if (leader == null && !isRetired && own.fault().isEmpty()) {
                candidate.saw(lease.seenEpoch());
                askAll(candidate.tick(nowNs, own.ballot()));
            }
        }
        lease.settle(nowNs);
        if (leader != null) {
            leader.learn(lease.assignments().orders());
            leader.tick(nowNs);
        }
        finish(nowNs);
    }

    /**
     * Takes a message.
     *
     * @return why it was refused; empty if it was none of that
     */
    public String receive(NodeId from, byte[] bytes, long nowNs) {
        lease.expire(nowNs);
        MessageCodec.Decoded decoded = MessageCodec.decode(bytes);
        if (decoded instanceof MessageCodec.Refused refused) {
            refusedMessages++;
            return refused.why();
        }
        if (decoded instanceof MessageCodec.Good good) {
            take(from, good.message(), nowNs);
        }
        finish(nowNs);
        return "";
    }

    /** Takes a table that was pulled, from wherever. */
    public Offer offer(AssignmentTable table, long nowNs) {
        lease.expire(nowNs);
        Offer offer = lease.offer(table, nowNs);
        finish(nowNs);
        return offer;
    }

    /** A task that was told to stop has stopped: it delivers nothing more. */
    public void stopped(TaskKey task, long nowNs) {
        lease.expire(nowNs);
        lease.stopped(task, nowNs);
        finish(nowNs);
    }

    /** Whether a task may begin a delivery now. False once the lease is being wound up. */
    public boolean mayDeliver(TaskKey task, long nowNs) {
        return nowNs < Math.min(lease.deliverUntilNs(task), lease.softEndNs());
    }

    /** Until when deliveries of a task that have begun may last; cut them off then. */
    public long deliverUntilNs(TaskKey task) {
        return lease.deliverUntilNs(task);
    }

    /** When this node's lease ends if nothing renews it. */
    public long leaseEndNs() {
        return lease.hardEndNs();
    }

    /** Version of the table that this node goes by. */
    public Version table() {
        return lease.table();
    }

    /** The table that this node goes by. */
    public AssignmentTable assignments() {
        return lease.assignments();
    }

    /** Whether this node votes, and so may lead. */
    public boolean isVoter() {
        return voter != null;
    }

    /** Why this node's vote is not to be had; empty if it is, or if it has none. */
    public String voterFault() {
        return voter == null ? "" : voter.fault();
    }

    /** Messages that were none. */
    public long refusedMessages() {
        return refusedMessages;
    }

    @Override
    public boolean isLeader(long nowNs) {
        return leader != null && leader.isActing(nowNs);
    }

    @Override
    public long epoch() {
        return leader == null ? 0 : leader.epoch();
    }

    @Override
    public @Nullable NodeId leader() {
        return leader == null ? lease.leader() : me.self;
    }

    /**
     * Leading: whether it is known of every task who may be running it. Plan after that, or tasks
     * move that could have stayed.
     */
    public boolean isSettled(long nowNs) {
        return isLeader(nowNs) && leader != null && leader.isSettled(nowNs);
    }

    /** Leading: nodes that gave their word lately; else empty. */
    public SortedSet<NodeId> alive() {
        return leader == null ? Collections.unmodifiableSortedSet(new TreeSet<>()) : leader.alive();
    }

    /** Leading: where each task may be running; else empty. */
    public Map<TaskKey, NodeId> whereabouts() {
        return leader == null ? Map.of() : leader.whereabouts();
    }

    /**
     * Leading: where each task shall run, whole; what is not in it shall run nowhere. The way there
     * is the leader's. Ignored when this node does not lead.
     */
    public void want(Map<TaskKey, NodeId> placement) {
        if (leader != null) {
            leader.want(placement);
        }
    }

    /**
     * What people want: leading, the newest, in no table yet perhaps; null while a new leader does
     * not know it yet. Else what the table says that this node goes by.
     */
    public @Nullable SortedMap<String, String> orders() {
        return leader == null ? lease.assignments().orders().entries() : leader.orders();
    }

    /** Version of {@link #orders}, or the one that they will have with the next table. */
    public Version ordersSince() {
        return leader == null ? lease.assignments().orders().since() : leader.ordersSince();
    }

    /**
     * Leading, and {@link #orders} known: what people want from now on, whole.
     *
     * @return the version that this has; {@link Version#NONE} when it is not taken
     */
    public Version order(SortedMap<String, String> entries) {
        return leader == null ? Version.NONE : leader.order(entries);
    }

    /**
     * Leading: orders of this version and before are with a majority of the voters, on their disks,
     * and so in every table from theirs on; else {@link Version#NONE}.
     */
    public Version ordersConfirmed() {
        return leader == null ? Version.NONE : leader.ordersConfirmed();
    }

    /** A table that {@link Surroundings#write} was given can be pulled now. */
    public void saved(Version version, long nowNs) {
        lease.expire(nowNs);
        if (leader != null) {
            leader.saved(version);
        }
        finish(nowNs);
    }

    /** Leading: version of the table that is made next; else {@link Version#NONE}. */
    public Version nextTable() {
        return leader == null ? Version.NONE : leader.nextTable();
    }

    /**
     * A table that {@link Surroundings#write} was given could not be stored; it is tried again.
     *
     * @param newer what stands there in its place, null if nothing newer does
     */
    public void notSaved(Version version, @Nullable Version newer, long nowNs) {
        lease.expire(nowNs);
        if (leader != null) {
            leader.notSaved(version, newer, nowNs);
        }
        finish(nowNs);
    }

    /**
     * Gives leadership up at once, so that others need not wait; for an orderly stop. Do not tick
     * afterwards: this node may stand again.
     */
    public void resign(long nowNs) {
        resign();
        finish(nowNs);
    }

    /**
     * Whether this node need not lead for the sake of what it ran: it does not, or others run all
     * that shall run, and have said so. A leader that resigns before leaves it to the next one.
     */
    public boolean hasHandedOver() {
        return leader == null || leader.hasHandedOver(me.self);
    }

    /**
     * Gives leadership up at once and never stands again, while the lease goes on and the node
     * still votes; for a stop that takes its time.
     */
    public void retire(long nowNs) {
        isRetired = true;
        resign(nowNs);
    }

    private void take(NodeId from, Message message, long nowNs) {
        if (message instanceof Renew renew) {
            takeRenew(from, renew, nowNs);
        } else if (message instanceof RenewAnswer answer) {
            lease.hear(from, answer, nowNs);
        } else if (message instanceof LeaderAnswer answer) {
            if (leader != null) {
                leader.hear(from, answer, nowNs);
            }
        } else if (message instanceof Hail hail) {
            lease.hear(from, hail, nowNs);
        } else if (message instanceof VoteAnswer answer) {
            if (leader == null) {
                askAll(candidate.answered(from, answer, nowNs));
            }
        } else if (message instanceof TellOrders told) {
            if (leader != null) {
                leader.hear(from, told);
            }
        } else if (message instanceof OrderRequest || message instanceof OrderAnswer) {
            around.deliver(from, message);
        } else if (voter != null) {
            takeAsVoter(voter, from, message, nowNs);
        }
    }

    private void takeRenew(NodeId from, Renew renew, long nowNs) {
        if (voter != null) {
            post(from, voter.answer(from, renew, nowNs));
        }
        if (leader != null) {
            leader.hear(from, renew, nowNs);
        }
    }

    private void takeAsVoter(Voter own, NodeId from, Message message, long nowNs) {
        // only voters lead: whoever asks as one that is none has another configuration
        if (!me.voters.contains(from)) {
            refusedMessages++;
        } else if (message instanceof AskVote ask) {
            post(from, vote(own, from, ask, nowNs));
        } else if (message instanceof AskOrders ask) {
            post(from, new TellOrders(ask.epoch(), own.kept().orders()));
        } else if (message instanceof LeaderRenew renew) {
            candidate.saw(renew.epoch());
            post(from, own.answer(from, renew, nowNs));
        } else if (message instanceof Resigned resigned) {
            own.ballot().resigned(from, resigned.epoch(), nowNs);
        }
    }

    private @Nullable VoteAnswer vote(Voter own, NodeId from, AskVote ask, long nowNs) {
        if (!own.fault().isEmpty()) {
            return null;
        }
        VoteAnswer answer = own.ballot().answer(from, ask, nowNs);
        if (answer != null && answer.granted() && !from.equals(me.self)) {
            candidate.makeWay(from.compareTo(me.self) < 0, nowNs);
        }
        return answer;
    }

    /** What follows from what was taken, until nothing follows any more. */
    private void finish(long nowNs) {
        do {
            if (voter != null) {
                voter.kept().keep(lease.assignments().orders(), me.timing, nowNs);
            }
            while (!toSelf.isEmpty()) {
                take(me.self, toSelf.remove(), nowNs);
            }
            lead(nowNs);
            if (lease.isRenewalDue(nowNs)) {
                lease.renewed(nowNs);
                me.voters.ids().forEach(to -> post(to, lease.renewal(to, nowNs)));
                if (leader != null) {
                    leader.renewWithLease(nowNs);
                }
            }
        } while (!toSelf.isEmpty());
    }

    private void lead(long nowNs) {
        if (leader == null && !isRetired && candidate.hasWon()) {
            leader =
                    parts.leader(
                            me.timing, me.voters, candidate.epoch(), this::post, around, nowNs);
            candidate.rest();
            leader.learn(voter == null ? Orders.NONE : voter.kept().orders());
            leader.tick(nowNs);
        }
        if (leader != null && leader.isOver()) {
            resign();
        }
    }

    private void resign() {
        Leader former = leader;
        if (former != null) {
            leader = null;
            candidate.rest();
            candidate.saw(former.seenEpoch());
            me.voters.ids().forEach(to -> post(to, new Resigned(former.epoch())));
        }
    }

    private void askAll(@Nullable AskVote ask) {
        if (ask != null) {
            me.voters.ids().forEach(to -> post(to, ask));
        }
    }

    private void post(NodeId to, @Nullable Message message) {
        if (message == null) {
            return;
        }
        if (to.equals(me.self)) {
            toSelf.add(message);
        } else {
            around.send(to, MessageCodec.encode(message));
        }
    }

    /** For people: what it goes by, runs and leads. */
    @Override
    public String toString() {
        return me.self + " " + lease + (leader == null ? "" : "; " + leader);
    }
}
