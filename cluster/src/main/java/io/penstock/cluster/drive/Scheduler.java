package io.penstock.cluster.drive;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.group.Node;
import io.penstock.cluster.group.SchedulingGroup;
import io.penstock.cluster.history.Decision;
import io.penstock.cluster.history.DecisionLog;
import io.penstock.cluster.lease.Member;
import io.penstock.cluster.member.Membership;
import io.penstock.cluster.member.NodeReport;
import io.penstock.cluster.order.GroupSettings;
import io.penstock.cluster.order.OrderKey;
import io.penstock.cluster.order.OrderRules;
import io.penstock.cluster.order.Wishes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans while this node leads: each interval, and at once when nodes come or go. Reads reports also
 * while it does not lead, so that a new leader has them without asking the one that died.
 *
 * <p>Threading: the member's thread; rounds are made on the workers, one at a time, and picked up
 * by the next tick.
 */
final class Scheduler {
    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    private static final long REPORTS_MS = 2_000;
    private static final long READ_PER_NODE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    /** From plan to plan while exports come that have no task yet. */
    private static final long SOON_NS = TimeUnit.SECONDS.toNanos(1);

    private static final int MOST_LOOKED_AT = 20_000;
    private static final long WITHOUT_REPORTS_NS = TimeUnit.MILLISECONDS.toNanos(2 * REPORTS_MS);
    private static final SchedulingGroup STANDARD = SchedulingGroup.named(Wishes.STANDARD_GROUP);
    private static final long SAVE_NS = TimeUnit.MINUTES.toNanos(10);
    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(STANDARD.intervalMs());

    private final Membership membership;
    private final Executor workers;
    private final DecisionLog log;
    private final ExportBook book;
    private final RateFile rates;

    private final AtomicBoolean reading = new AtomicBoolean();
    private final AtomicReference<@Nullable List<NodeReport>> arrived = new AtomicReference<>();
    private final AtomicBoolean planning = new AtomicBoolean();
    private final AtomicReference<PlanRound.@Nullable Made> ready = new AtomicReference<>();
    private volatile PlanRound.@Nullable Made last;

    // confined to the member's thread
    private final Map<NodeId, NodeReport> reports = new HashMap<>();
    private boolean hasReports;
    private long readAtNs = System.nanoTime() - INTERVAL_NS;
    private long epoch;
    private long begunNs;
    private Map<TaskKey, NodeId> wanted = Map.of();
    private Set<TaskKey> haveTasks = Set.of();
    private List<Node> plannedFor = List.of();
    private long plannedAtNs;
    private Wishes wishes = Wishes.NONE;
    private Wishes plannedBy = Wishes.NONE;
    private long planAtNs = System.nanoTime();
    private long saveAtNs = System.nanoTime() + SAVE_NS;
    private boolean leaves;

    /** For a node that has joined; reads the rates that it learnt before. */
    Scheduler(Membership membership, Executor workers, DecisionLog log, RateFile rates) {
        this.membership = membership;
        this.workers = workers;
        this.log = log;
        this.rates = rates;
        this.book = new ExportBook(rates.load());
    }

    void tick(Member member, long nowNs) {
        read(nowNs);
        PlanRound.Made made = ready.getAndSet(null);
        if (!member.isLeader(nowNs)) {
            epoch = 0;
            last = null;
            watch(member, nowNs);
            return;
        }
        if (member.epoch() != epoch) {
            begin(member.epoch(), nowNs);
        }
        // a plan by orders of before might send tasks to a node that drains by now
        boolean isOfNow =
                made != null
                        && made.round().epoch() == epoch
                        && made.round().wishes().equals(wishes(member));
        if (made != null && isOfNow) {
            follow(made, member, nowNs);
        }
        // without any report, what runs must still get a table
        boolean knowsEnough = hasReports || nowNs - begunNs > WITHOUT_REPORTS_NS;
        if (knowsEnough && member.isSettled(nowNs) && member.orders() != null) {
            plan(member, nowNs);
        }
    }

    private void begin(long newEpoch, long nowNs) {
        epoch = newEpoch;
        begunNs = nowNs;
        want(Map.of());
        plannedFor = List.of();
        planAtNs = nowNs;
        plannedAtNs = nowNs - SOON_NS;
    }

    private void read(long nowNs) {
        List<NodeReport> fresh = arrived.getAndSet(null);
        if (fresh != null) {
            Set<NodeId> there =
                    membership.directory().members().stream()
                            .map(member -> member.id())
                            .collect(Collectors.toSet());
            fresh.forEach(report -> reports.put(report.node(), report));
            reports.keySet().retainAll(there);
            hasReports |= !fresh.isEmpty();
            boolean leads = epoch > 0;
            if (leads && nowNs - plannedAtNs >= SOON_NS && namesNew(fresh)) {
                planAtNs = nowNs;
            }
        }
        long againNs = hasReports ? betweenReadsNs() : INTERVAL_NS / 20;
        if (nowNs - againNs >= readAtNs && reading.compareAndSet(false, true)) {
            readAtNs = nowNs;
            membership
                    .reports()
                    .read(REPORTS_MS)
                    .whenComplete(
                            (all, failure) -> {
                                arrived.set(all);
                                reading.set(false);
                            });
        }
    }

    /** Whether an export has no task yet; of many, some more wait for the next plan. */
    private boolean namesNew(List<NodeReport> fresh) {
        return fresh.stream()
                .flatMap(report -> report.exports().stream())
                .limit(MOST_LOOKED_AT)
                .anyMatch(load -> !haveTasks.contains(new TaskKey(load.repo(), load.export(), 0)));
    }

    private void want(Map<TaskKey, NodeId> placement) {
        wanted = placement;
        haveTasks = placement.keySet().stream().map(TaskKey::first).collect(Collectors.toSet());
    }

    /** Few nodes are read often, so that who leaves is soon noticed; many cost no more a second. */
    private long betweenReadsNs() {
        return Math.max(
                INTERVAL_NS / 20, Math.min(INTERVAL_NS / 2, reports.size() * READ_PER_NODE_NS));
    }

    /** The listed among those who gave their word. */
    private List<Node> nodes(Set<NodeId> alive) {
        List<io.penstock.cluster.member.Member> there =
                membership.directory().members().stream()
                        .filter(member -> alive.contains(member.id()))
                        .toList();
        // where all leave, nobody is there to take over: each drains what it has
        boolean someStay = there.stream().anyMatch(member -> !isLeaving(member));
        return there.stream()
                .map(member -> member.node(someStay && isLeaving(member)))
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList();
    }

    /** This node leaves: its tasks are planned away before its report says so. */
    void leave() {
        leaves = true;
    }

    /** Whether another node that gave its word stays, and can take tasks over. */
    boolean hasSuccessor(Member member) {
        Set<NodeId> alive = member.alive();
        return membership.directory().members().stream()
                .filter(other -> alive.contains(other.id()) && !other.id().equals(self()))
                .anyMatch(other -> !isLeaving(other));
    }

    private NodeId self() {
        return membership.directory().self();
    }

    /** What a node said before it was started anew does not count. */
    private boolean isLeaving(io.penstock.cluster.member.Member member) {
        if (leaves && member.id().equals(self())) {
            return true;
        }
        NodeReport report = reports.get(member.id());
        return report != null && report.leaving() && report.incarnation() == member.incarnation();
    }

    /** What orders can be about. */
    OrderRules.Known known(Member member) {
        Set<String> exports = new HashSet<>();
        Set<String> tasks = new HashSet<>();
        for (NodeReport report : reports.values()) {
            report.exports()
                    .forEach(load -> exports.add(OrderKey.export(load.repo(), load.export())));
        }
        Set<TaskKey> placed = new HashSet<>(member.whereabouts().keySet());
        placed.addAll(wanted.keySet());
        for (TaskKey task : placed) {
            exports.add(OrderKey.export(task.repo(), task.export()));
            tasks.add(task.toString());
        }
        return new OrderRules.Known(nodes(member.alive()), exports, tasks);
    }

    private Wishes wishes(Member member) {
        SortedMap<String, String> orders = member.orders();
        if (orders != null && !orders.equals(wishes.entries())) {
            wishes = Wishes.of(orders);
            if (!wishes.unread().isEmpty()) {
                LOG.warn("cluster: orders that this version cannot read: {}", wishes.unread());
            }
        }
        return wishes;
    }

    /** Learns rates while another one leads: so that the next leader need not begin anew. */
    private void watch(Member member, long nowNs) {
        boolean isDue = member.isVoter() && hasReports && nowNs >= planAtNs;
        if (!isDue || !planning.compareAndSet(false, true)) {
            return;
        }
        planAtNs = nowNs + INTERVAL_NS;
        List<NodeReport> seen = new ArrayList<>(reports.values());
        Wishes ordered = wishes(member);
        boolean saves = isSaveDue(nowNs);
        work(
                () -> {
                    try {
                        book.watch(seen, ordered, System.currentTimeMillis());
                        save(saves);
                    } finally {
                        planning.set(false);
                    }
                },
                () -> planning.set(false));
    }

    private boolean isSaveDue(long nowNs) {
        boolean isDue = nowNs >= saveAtNs;
        if (isDue) {
            saveAtNs = nowNs + SAVE_NS;
        }
        return isDue;
    }

    private void save(boolean saves) {
        if (saves) {
            rates.save(book.busiest());
        }
    }

    private void plan(Member member, long nowNs) {
        Wishes ordered = wishes(member);
        List<Node> nodes = nodes(member.alive()).stream().map(ordered::node).toList();
        boolean isDue =
                nowNs >= planAtNs || !nodes.equals(plannedFor) || !ordered.equals(plannedBy);
        if (nodes.isEmpty() || !isDue || !planning.compareAndSet(false, true)) {
            return;
        }
        planAtNs = nowNs + intervalNs(ordered);
        plannedAtNs = nowNs;
        plannedFor = nodes;
        plannedBy = ordered;
        Map<TaskKey, NodeId> previous = new HashMap<>(member.whereabouts());
        // what is on its way counts as there, or it would be sent on another way each time
        previous.putAll(wanted);
        PlanRound round =
                new PlanRound(
                        epoch,
                        member.nextTable(),
                        previous,
                        nodes,
                        ordered,
                        new ArrayList<>(reports.values()),
                        System.currentTimeMillis());
        boolean saves = isSaveDue(nowNs);
        work(
                () -> {
                    try {
                        ready.set(round.make(book));
                        save(saves);
                    } finally {
                        planning.set(false);
                    }
                },
                () -> planning.set(false));
    }

    /** All groups are planned at once, as often as the most eager one wants. */
    private static long intervalNs(Wishes ordered) {
        long intervalMs = ordered.group(Wishes.STANDARD_GROUP).group().intervalMs();
        for (GroupSettings each : ordered.groups().values()) {
            intervalMs = Math.min(intervalMs, each.group().intervalMs());
        }
        return TimeUnit.MILLISECONDS.toNanos(intervalMs);
    }

    private void work(Runnable act, Runnable refused) {
        try {
            workers.execute(
                    () -> {
                        try {
                            act.run();
                        } catch (RuntimeException defect) {
                            LOG.error("cluster: planning failed", defect);
                        }
                    });
        } catch (RejectedExecutionException full) {
            LOG.warn("cluster: no worker is free to plan; again in the next interval");
            refused.run();
        }
    }

    private void follow(PlanRound.Made made, Member member, long nowNs) {
        want(made.placement());
        if (made.waits()) {
            planAtNs = Math.min(planAtNs, nowNs + SOON_NS);
        }
        last = made;
        member.want(wanted);
        List<Decision> decisions = made.decisions();
        if (!decisions.isEmpty()) {
            LOG.info(
                    "cluster: leader of epoch {}: {} tasks on {} nodes, {} change, {} have no node",
                    epoch,
                    wanted.size(),
                    made.round().nodes().size(),
                    decisions.size(),
                    made.plan().unplaced().size());
            work(() -> log.add(decisions), () -> {});
        }
    }

    /** Why the plan that this node leads by has a task where it is. Any thread. */
    @Nullable String why(TaskKey task) {
        PlanRound.Made made = last;
        return made == null ? null : made.plan().why(task);
    }

    /** What this node decided last while it led, newest first. Any thread. */
    List<Decision> decisions(int most, Predicate<Decision> which) {
        return log.last(most, which);
    }
}
