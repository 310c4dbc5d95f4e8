package io.penstock.cluster.lease;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.assignment.Orders;
import io.penstock.cluster.assignment.Row;
import io.penstock.cluster.election.Confirmations;
import io.penstock.cluster.election.Timing;
import io.penstock.cluster.election.Voters;
import io.penstock.cluster.lease.Follower.State;
import io.penstock.cluster.lease.Holdings.Hold;
import io.penstock.cluster.message.Message;
import io.penstock.cluster.message.Message.AskOrders;
import io.penstock.cluster.message.Message.Fence;
import io.penstock.cluster.message.Message.Hail;
import io.penstock.cluster.message.Message.LeaderAnswer;
import io.penstock.cluster.message.Message.LeaderRenew;
import io.penstock.cluster.message.Message.Renew;
import io.penstock.cluster.message.Message.Running;
import io.penstock.cluster.message.Message.TellOrders;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One leadership, from the votes to the resignation: proves itself, takes over from whoever led
 * before, watches nodes, and owns which table may be written.
 */
class Leader {
    private final Timing timing;
    private final Voters voters;
    private final long epoch;
    private final BiConsumer<NodeId, Message> post;
    private final Surroundings around;
    private final Confirmations proofs;
    private final Fences fences;
    private final Holdings holdings = new Holdings();
    private final Map<NodeId, Follower> followers = new HashMap<>();
    private final Set<NodeId> namedBy = new HashSet<>();
    private final Map<NodeId, Long> askedNs = new HashMap<>();
    private final Tables tables;
    private final OrderBook book;
    private final long wonNs;
    private final Map<NodeId, Long> hailedNs = new HashMap<>();
    private boolean wasSettled;
    private boolean hasActed;
    private boolean isOver;
    private long seenEpoch;
    private long renewAtNs = Confirmations.NEVER;
    private long unknownUntilNs = Confirmations.NEVER;

    Leader(
            Timing timing,
            Voters voters,
            long epoch,
            BiConsumer<NodeId, Message> post,
            Surroundings around,
            long nowNs) {
        this.timing = timing;
        this.voters = voters;
        this.epoch = epoch;
        this.post = post;
        this.around = around;
        this.proofs = new Confirmations(voters);
        this.fences = new Fences(voters);
        this.tables = new Tables(epoch, timing);
        this.book = new OrderBook(timing, voters, epoch);
        this.wonNs = nowNs;
        this.seenEpoch = epoch;
    }

    long epoch() {
        return epoch;
    }

    /** The largest epoch that anybody spoke of. */
    long seenEpoch() {
        return seenEpoch;
    }

    boolean isActing(long nowNs) {
        return !isOver && nowNs < proofs.by(voters.majority()) + timing.leaderActsNs();
    }

    /** Whether it has ended for good. */
    boolean isOver() {
        return isOver;
    }

    void tick(long nowNs) {
        boolean acts = isActing(nowNs);
        boolean isTooLate = hasActed || nowNs - wonNs > timing.leaseNs();
        if ((!acts && isTooLate) || fences.count() > Message.MAX_NODES) {
            isOver = true;
            return;
        }
        hasActed |= acts;
        boolean decides = acts && isListed();
        if (decides) {
            watch(nowNs);
            endReleases();
            takeOrders(nowNs);
            if (isSettled(nowNs) != wasSettled) {
                wasSettled = !wasSettled;
                tables.change();
            }
        }
        renew(nowNs);
        AssignmentTable table =
                decides && book.isTaken() ? tables.due(nowNs, this::build, isTableAwaited()) : null;
        if (table != null) {
            around.write(table);
        }
    }

    /** Before the first table: the newest orders of those who led before. */
    private void takeOrders(long nowNs) {
        if (!book.isTaken()) {
            book.take(hasNewestOrders(), nowNs, around::ordersLost);
            book.toAsk(nowNs).forEach(voter -> post.accept(voter, new AskOrders(epoch)));
            tables.order(book.newest().entries());
        }
    }

    /** Whether it knows orders that are at least as new as all that were ever confirmed. */
    boolean hasNewestOrders() {
        return book.isComplete();
    }

    /** Orders of former leaders. */
    void learn(Orders orders) {
        book.learn(orders);
    }

    void hear(NodeId voter, TellOrders told) {
        if (told.epoch() == epoch && voters.contains(voter)) {
            book.learn(told.orders());
        }
    }

    /** What people want, the newest; null before it is known. */
    @Nullable SortedMap<String, String> orders() {
        return book.isTaken() ? tables.ordered() : null;
    }

    /** Changes the orders, once they are known; answers the version that the change will have. */
    Version order(SortedMap<String, String> entries) {
        if (!book.isTaken()) {
            return Version.NONE;
        }
        tables.order(entries);
        return tables.orderedSince();
    }

    Version ordersSince() {
        return tables.orderedSince();
    }

    /** Version of the newest orders that outlive this leader. */
    Version ordersConfirmed() {
        return book.confirmed(ordersQuorum());
    }

    /** How many voters must keep orders before they count. */
    int ordersQuorum() {
        return voters.majority();
    }

    /**
     * Its node renews its lease; so does it, or that lease outlasts the stand-by of the voters, and
     * the next leader waits for a dead node's word.
     */
    void renewWithLease(long nowNs) {
        renewAtNs = nowNs;
        if (isActing(nowNs)) {
            renew(nowNs);
        }
    }

    private void renew(long nowNs) {
        boolean isRound = nowNs >= renewAtNs;
        if (isRound) {
            renewAtNs = nowNs + timing.leaderRenewNs();
        }
        for (NodeId voter : voters.ids()) {
            long asked = askedNs.getOrDefault(voter, Confirmations.NEVER);
            boolean isWaiting =
                    !(hasActed && isListed())
                            || fences.isBehind(voter)
                            || !book.isTaken()
                            || tables.ordersSince().supersedes(ordersConfirmed());
            if (isRound || (isWaiting && nowNs - asked >= timing.roundNs())) {
                ask(voter, nowNs);
            }
        }
    }

    private void ask(NodeId voter, long nowNs) {
        askedNs.put(voter, nowNs);
        List<Fence> missing = fences.missing(voter);
        post.accept(
                voter,
                new LeaderRenew(
                        epoch,
                        nowNs,
                        !isListed(),
                        fences.acknowledgedBy(voter),
                        fences.upTo(missing),
                        missing));
    }

    private void raise(NodeId node, Version atLeast) {
        fences.raise(node, atLeast);
        // asked at once, not at the next round
        askedNs.clear();
    }

    void hear(NodeId voter, LeaderAnswer answer, long nowNs) {
        saw(answer.promisedEpoch());
        if (answer.epoch() != epoch || !answer.accepted() || !voters.contains(voter)) {
            return;
        }
        proofs.confirm(voter, answer.sentNs());
        book.heard(voter, answer.ordersSince());
        long markBefore = fences.mark();
        fences.acknowledge(voter, answer, nowNs);
        if (answer.hasHolders() && !isListed()) {
            namedBy.add(voter);
            unknownUntilNs = Math.max(unknownUntilNs, nowNs + answer.unknownInNs());
            answer.holders().forEach(node -> follow(node, nowNs));
            if (isListed()) {
                followers.keySet().forEach(this::hail);
            }
        }
        if (fences.mark() > markBefore) {
            hailReleasing();
        }
    }

    private void follow(NodeId holder, long nowNs) {
        followers.computeIfAbsent(holder, node -> new Follower(State.HOLDER, nowNs));
    }

    /** Whether a majority has named the nodes that may hold leases from before. */
    private boolean isListed() {
        return namedBy.size() >= voters.majority();
    }

    private void saw(long someEpoch) {
        if (someEpoch > epoch) {
            seenEpoch = Math.max(seenEpoch, someEpoch);
            isOver = true;
        }
    }

    private void hail(NodeId node) {
        post.accept(node, new Hail(epoch, fences.mark(), tables.newest()));
    }

    /** Bounded, whatever the node makes of it. */
    private void hailAgain(NodeId node, long nowNs) {
        hailedNs.values().removeIf(atNs -> nowNs - atNs >= timing.roundNs() / 2);
        if (hailedNs.size() < Message.MAX_NODES && hailedNs.putIfAbsent(node, nowNs) == null) {
            hail(node);
        }
    }

    private void hailReleasing() {
        holdings.releasingNodes().forEach(this::hail);
    }

    /** A node renews: the leader listens. */
    void hear(NodeId node, Renew renew, long nowNs) {
        saw(renew.seenEpoch());
        if (isOver || !isListed()) {
            return;
        }
        Follower follower = followers.get(node);
        if (!isWord(node, renew)) {
            hailAgain(node, nowNs);
            return;
        }
        if (follower == null) {
            if (followers.size() >= Message.MAX_NODES) {
                return;
            }
            follower = new Follower(State.ALIVE, nowNs);
            followers.put(node, follower);
            tables.change();
        } else if (follower.isOvertaken(renew)) {
            return;
        }
        if (!follower.isKnown()) {
            learn(node, renew);
        }
        if (follower.state() != State.ALIVE) {
            tables.change();
        }
        follower.hear(renew, nowNs);
    }

    /**
     * Whether a renewal says everything, and was made after its node heard that a majority has the
     * fences of now: a node that starts anew after that gets no lease for what it ran before.
     */
    private boolean isWord(NodeId node, Renew renew) {
        long revision = fences.revisionOf(node);
        long needed = revision <= fences.mark() ? revision : 0;
        boolean goesByThisEpoch = renew.table().epoch() == epoch || renew.frozenEpoch() == epoch;
        return renew.whole()
                && renew.markEpoch() == epoch
                && renew.mark() >= needed
                && goesByThisEpoch;
    }

    private void learn(NodeId node, Renew word) {
        for (Running running : word.running()) {
            if (holdings.get(running.task()) == null && running.since().epoch() <= epoch) {
                holdings.put(running.task(), new Hold(node, Row.State.RUN, running.since()));
            }
        }
    }

    private void watch(long nowNs) {
        followers.forEach(
                (node, follower) -> {
                    boolean isSilent = nowNs - follower.heardNs() > timing.silenceNs();
                    State state = follower.state();
                    if (isSilent && (state == State.ALIVE || state == State.HOLDER)) {
                        follower.fence();
                        raise(node, tables.next());
                        tables.change();
                    } else if (state == State.FENCING && fences.isClear(node, nowNs)) {
                        holdings.endAll(node);
                        follower.settle();
                        tables.change();
                    }
                });
        followers.values().removeIf(follower -> follower.state() == State.GONE);
    }

    /**
     * A release is over when its node, by a table that says so, does not run the task, and a
     * majority refuses older tables of that node, and the node says so again after that.
     */
    private void endReleases() {
        for (TaskKey task : holdings.releasing()) {
            Hold hold = holdings.get(task);
            Follower follower = hold == null ? null : followers.get(hold.node());
            if (hold == null || follower == null) {
                continue;
            }
            boolean hasStopped =
                    follower.state() == State.ALIVE
                            && !hold.since().supersedes(follower.table())
                            && !follower.runs(task);
            if (hasStopped && isProven(hold, follower)) {
                holdings.end(task);
                tables.change();
            } else if (hasStopped && hold.since().supersedes(fences.versionOf(hold.node()))) {
                raise(hold.node(), follower.table());
            }
        }
    }

    /** Whether a majority refuses older tables of a node, and the node has spoken after that. */
    boolean isProven(Hold hold, Follower follower) {
        long revision = fences.revisionOf(hold.node());
        return !hold.since().supersedes(fences.versionOf(hold.node()))
                && fences.mark() >= revision
                && follower.mark() >= revision;
    }

    /** Whether every task that nobody holds is known to run nowhere. */
    boolean isSettled(long nowNs) {
        return isListed()
                && nowNs >= unknownUntilNs
                && followers.values().stream().allMatch(Follower::isKnown);
    }

    /** Nodes that gave their word lately. */
    SortedSet<NodeId> alive() {
        SortedSet<NodeId> alive = new TreeSet<>();
        followers.forEach(
                (node, follower) -> {
                    if (follower.state() == State.ALIVE) {
                        alive.add(node);
                    }
                });
        return alive;
    }

    /** Where each task may be running; a copy. */
    Map<TaskKey, NodeId> whereabouts() {
        Map<TaskKey, NodeId> nodes = new TreeMap<>();
        holdings.all().forEach((task, hold) -> nodes.put(task, hold.node()));
        return nodes;
    }

    void want(Map<TaskKey, NodeId> placement) {
        tables.want(placement);
    }

    /** Whether all that is wanted runs, by the word of its nodes, and nothing runs at this one. */
    boolean hasHandedOver(NodeId self) {
        return holdings.all().values().stream().noneMatch(hold -> hold.node().equals(self))
                && tables.allWanted((task, node) -> !node.equals(self) && says(node, task));
    }

    private boolean says(NodeId node, TaskKey task) {
        return followers.containsKey(node) && followers.get(node).runs(task);
    }

    /** A fenced node came back and gets a lease only with a newer table. */
    private boolean isTableAwaited() {
        for (Map.Entry<NodeId, Follower> entry : followers.entrySet()) {
            boolean isAlive = entry.getValue().state() == State.ALIVE;
            if (isAlive && fences.versionOf(entry.getKey()).supersedes(tables.last())) {
                return true;
            }
        }
        return false;
    }

    /** Version of the table that is made next. */
    Version nextTable() {
        return tables.next();
    }

    /** The rows of the next table; from then on the holdings are what it says. */
    private SortedMap<TaskKey, Row> build(
            Version version, Map<TaskKey, NodeId> wanted, long nowNs) {
        SortedMap<TaskKey, Row> rows = new TreeMap<>();
        for (Map.Entry<TaskKey, Hold> entry : Map.copyOf(holdings.all()).entrySet()) {
            TaskKey task = entry.getKey();
            Hold hold = entry.getValue();
            Follower follower = followers.get(hold.node());
            if (follower == null || follower.state() != State.ALIVE) {
                continue;
            }
            boolean stays = hold.node().equals(wanted.get(task));
            Row.State state = stays ? Row.State.RUN : Row.State.RELEASE;
            Version since = state == hold.state() ? hold.since() : version;
            holdings.put(task, new Hold(hold.node(), state, since));
            rows.put(task, new Row(hold.node(), state, since));
        }
        if (isSettled(nowNs)) {
            wanted.forEach((task, node) -> begin(task, node, version, rows));
        }
        return rows;
    }

    private void begin(TaskKey task, NodeId node, Version version, Map<TaskKey, Row> rows) {
        Follower follower = followers.get(node);
        boolean isFree = holdings.get(task) == null;
        if (isFree && follower != null && follower.state() == State.ALIVE) {
            holdings.put(task, new Hold(node, Row.State.RUN, version));
            rows.put(task, new Row(node, Row.State.RUN, version));
        }
    }

    void saved(Version version) {
        if (version.epoch() == epoch) {
            tables.saved(version);
            followers.keySet().forEach(this::hail);
        }
    }

    void notSaved(Version version, @Nullable Version newer, long nowNs) {
        if (newer != null) {
            saw(newer.epoch());
        }
        tables.notSaved(version, nowNs);
    }

    @Override
    public String toString() {
        return "leads in epoch "
                + epoch
                + (isListed() ? ", " : ", without lists, ")
                + tables
                + ", "
                + book
                + ", holds "
                + holdings.all()
                + ", follows "
                + followers;
    }
}
