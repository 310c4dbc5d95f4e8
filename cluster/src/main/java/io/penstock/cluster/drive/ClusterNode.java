package io.penstock.cluster.drive;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.election.Confirmations;
import io.penstock.cluster.election.DiskVoterFile;
import io.penstock.cluster.history.Decision;
import io.penstock.cluster.history.DecisionLog;
import io.penstock.cluster.lease.Member;
import io.penstock.cluster.member.Membership;
import io.penstock.cluster.message.Message;
import io.penstock.cluster.pull.PullConfig;
import io.penstock.cluster.pull.TablePuller;
import io.penstock.cluster.store.AssignmentStore;
import io.penstock.cluster.store.DiskCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node of a cluster that has joined: takes part in elections, keeps its lease, goes by the newest
 * table, and plans while it leads.
 *
 * <p>Threading: made and closed on a thread that may block; everything else on any thread, without
 * blocking.
 */
public final class ClusterNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);

    /** Decisions that are remembered. */
    public static final int DECISIONS = 1_000;

    /** Longest that an order waits. */
    static final int ORDER_LIMIT_S = 10;

    private static final long NOT_ASKED = Long.MAX_VALUE;
    private static final int WORKERS = 2;
    private static final int WORK_QUEUE = 64;

    private final Equipment with;
    private final Member member;
    private final MemberSurroundings around;
    private final MemberLoop loop;
    private final ThreadPoolExecutor workers = workers();
    private final DiskCopy disk;
    private final SharedLevel shared;
    private final TableWrite write;
    private final TablePull pull;
    private final Scheduler scheduler;
    private final OrderDesk desk;
    private final long windUpNs;

    private final Lapses lapses = new Lapses();
    private final CompletableFuture<Void> retired = new CompletableFuture<>();
    private long retireByNs = NOT_ASKED;
    private boolean hasRetired;
    private volatile Standing standing;
    private volatile long refusedMessages;

    /**
     * What a node is made of.
     *
     * @param me who it is, and on which terms
     * @param directory for its voter's file, its copy of the table and its decisions
     * @param membership that has been joined; left by whoever joined it
     * @param store for tables; closed by whoever made it
     * @param pull how often to look for tables
     * @param runner runs tasks
     */
    public record Equipment(
            Member.Identity me,
            Path directory,
            Membership membership,
            AssignmentStore store,
            PullConfig pull,
            TaskRunner runner) {}

    /** A node that does not take part yet; reads its files. */
    public ClusterNode(Equipment with) throws IOException {
        this.with = with;
        Files.createDirectories(with.directory);
        long nowNs = System.nanoTime();
        long seed = with.me.incarnation() * 31 + with.me.self().hashCode();
        loop = new MemberLoop(() -> turn(this::tick));
        disk = new DiskCopy(tableCopy(with.directory));
        shared = new SharedLevel(with.membership.tables(), workers, with.pull.sharedDeadlineMs());
        write = new TableWrite(with.store, shared, loop, new Told());
        pull =
                new TablePull(
                        new TablePuller(with.pull, seed, nowNs),
                        new TablePull.Levels(disk, shared, with.store),
                        loop,
                        this::offer);
        around =
                new MemberSurroundings(
                        with.membership.messages(),
                        this::write,
                        this::hint,
                        with.runner,
                        this::deliver);
        member =
                new Member(
                        with.me,
                        new Member.Files(
                                new DiskVoterFile(with.directory.resolve("voter")),
                                new DiskVoterFile(with.directory.resolve("orders"))),
                        new SplittableRandom(seed ^ nowNs),
                        around,
                        nowNs);
        scheduler =
                new Scheduler(
                        with.membership,
                        workers,
                        DecisionLog.open(with.directory, DECISIONS),
                        new RateFile(with.directory.resolve("rates")));
        desk = new OrderDesk(with.me.self(), member, with.membership.messages(), scheduler::known);
        windUpNs = with.me.timing().leaseNs() - with.me.timing().softEndNs();
        standing = stand(nowNs);
    }

    /** Where the copy of the table is, in the directory of a node; nobody else writes there. */
    public static Path tableCopy(Path directory) {
        return directory.resolve("table");
    }

    private static ThreadPoolExecutor workers() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor workers =
                new ThreadPoolExecutor(
                        WORKERS,
                        WORKERS,
                        30,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WORK_QUEUE),
                        task -> {
                            Thread made =
                                    new Thread(task, "penstock-plan-" + number.incrementAndGet());
                            made.setDaemon(true);
                            return made;
                        });
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }

    /** Takes part from now on. */
    public void start() {
        with.membership
                .messages()
                .onMessage(
                        (from, bytes) ->
                                loop.post(
                                        bytes.length,
                                        () -> turn(now -> receive(from, bytes, now))));
        loop.start();
    }

    /** Everything that happens to the member happens in here, on its thread. */
    private void turn(LongConsumer act) {
        long nowNs = System.nanoTime();
        // before the member sees the time, and forgets the lease for the next one
        if (lapses.see(member.leaseEndNs(), nowNs)) {
            LOG.warn("cluster: the lease of {} is over; what ran stops", with.me.self());
        }
        act.accept(nowNs);
        lapses.see(member.leaseEndNs(), nowNs);
        for (TaskKey task : around.takeStopped()) {
            member.stopped(task, System.nanoTime());
        }
        shared.led(member.leader());
        around.permits().until(member.leaseEndNs() - windUpNs);
        standing = stand(System.nanoTime());
        if (hasRetired) {
            retired.complete(null);
        }
    }

    private void tick(long nowNs) {
        boolean led = standing.leads();
        member.tick(nowNs);
        pull.tick(nowNs);
        if (member.epoch() == 0) {
            write.rest();
        }
        write.tick(nowNs);
        scheduler.tick(member, nowNs);
        retireInTime(nowNs);
        desk.tick(nowNs);
        if (led != member.isLeader(nowNs)) {
            LOG.info(
                    "cluster: {} {} (epoch {})",
                    with.me.self(),
                    led ? "does not lead any more" : "leads",
                    led ? standing.epoch() : member.epoch());
        }
    }

    private void receive(NodeId from, byte[] bytes, long nowNs) {
        String refused = member.receive(from, bytes, nowNs);
        if (!refused.isEmpty()) {
            LOG.debug("cluster: a message of {} is refused: {}", from, refused);
        }
    }

    private void deliver(NodeId from, Message message) {
        // within a turn of the member, which must have ended before the desk asks something of it
        loop.post(() -> turn(now -> desk.deliver(from, message, now)));
    }

    /**
     * Changes what people want of the cluster, by way of the leader.
     *
     * @param basis version of the orders that the changes were made from, from {@link
     *     Standing#table}; {@link Version#NONE} if they hold whatever there is
     * @param forced whether it shall be done even where that does harm or names what is not there
     * @param changes new values by the keys of {@code cluster.order}; an empty one takes away
     * @return what became of it; completes normally, always, within {@value #ORDER_LIMIT_S} s
     */
    public CompletionStage<Message.OrderAnswer> order(
            Version basis, boolean forced, SortedMap<String, Optional<String>> changes) {
        CompletableFuture<Message.OrderAnswer> answer = new CompletableFuture<>();
        Message.OrderRequest request = new Message.OrderRequest(0, basis, forced, changes);
        boolean taken = loop.post(() -> turn(now -> desk.ask(request, answer, now)));
        Message.OrderAnswer late =
                new Message.OrderAnswer(
                        0,
                        Message.OrderVerdict.NOT_NOW,
                        Version.NONE,
                        "this node is busy, or stops: perhaps done, perhaps not");
        // the desk answers in time, unless its thread is stuck or has ended
        return taken
                ? answer.completeOnTimeout(late, ORDER_LIMIT_S, TimeUnit.SECONDS)
                : CompletableFuture.completedStage(late);
    }

    private void write(AssignmentTable table) {
        shared.led(with.me.self());
        write.write(table);
    }

    private void hint(Version version, long nowNs) {
        // the hint may be the first word of a new leader
        shared.led(member.leader());
        pull.hint(version, nowNs);
    }

    private void offer(AssignmentTable table) {
        turn(now -> LOG.debug("cluster: table {}: {}", table.version(), member.offer(table, now)));
    }

    /** What becomes of a leader's tables. */
    private final class Told implements TableWrite.Writer {
        @Override
        public void saved(Version version) {
            turn(now -> member.saved(version, now));
        }

        @Override
        public void notSaved(Version version, @Nullable Version newer) {
            turn(now -> member.notSaved(version, newer, now));
        }
    }

    private Standing stand(long nowNs) {
        refusedMessages = member.refusedMessages();
        return new Standing(
                nowNs,
                member.leader(),
                member.isLeader(nowNs),
                member.isSettled(nowNs),
                member.epoch(),
                member.assignments(),
                around.running(),
                member.leaseEndNs(),
                lapses.count(),
                lapses.lastNs(),
                member.voterFault());
    }

    /** How it stands. */
    public Standing standing() {
        return standing;
    }

    /**
     * Why the plan has a task where it is; null if this node does not lead or knows no such task.
     */
    public @Nullable String why(TaskKey task) {
        return scheduler.why(task);
    }

    /**
     * What this node decided while it led, newest first; also before it was started anew.
     *
     * @param most how many
     */
    public List<Decision> decisions(int most, Predicate<Decision> which) {
        return scheduler.decisions(most, which);
    }

    /** Reads of the store since the start. */
    public long storeReads() {
        return pull.storeReads();
    }

    /** Messages that were none, or of nodes that do not vote. */
    public long refusedMessages() {
        return refusedMessages;
    }

    /** Messages and answers for which the queue had no room. */
    public long droppedMessages() {
        return loop.dropped();
    }

    /**
     * Has this node's tasks run elsewhere if it leads, and then gives leadership up for good, so
     * that another node leads at once; goes on otherwise.
     *
     * @param limitMs how long it leads on at the most; at once if nobody is there to take over
     * @return completes when it does not lead any more
     */
    public CompletionStage<Void> retire(long limitMs) {
        boolean taken =
                loop.post(
                        () ->
                                turn(
                                        now -> {
                                            long byNs =
                                                    now + TimeUnit.MILLISECONDS.toNanos(limitMs);
                                            retireByNs = Math.min(retireByNs, byNs);
                                            scheduler.leave();
                                            retireInTime(now);
                                        }));
        return taken ? retired.copy() : CompletableFuture.completedStage(null);
    }

    /** A leader that resigned before the others run what it ran would leave that to the next. */
    private void retireInTime(long nowNs) {
        if (retireByNs == NOT_ASKED || hasRetired) {
            return;
        }
        if (nowNs >= retireByNs || member.hasHandedOver() || !scheduler.hasSuccessor(member)) {
            member.retire(nowNs);
            hasRetired = true;
        }
    }

    /** Ends its part: no lease is renewed any more. Waits, up to a bound. */
    @Override
    public void close() {
        with.membership.messages().onMessage((from, bytes) -> {});
        loop.end();
        retired.complete(null);
        around.permits().until(Confirmations.NEVER);
        workers.shutdown();
        disk.close();
    }
}
