package io.penstock.cluster.sim;

import static io.penstock.cluster.sim.World.MS;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.election.Voters;
import io.penstock.cluster.lease.Member;
import io.penstock.cluster.lease.Surroundings;
import io.penstock.cluster.message.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One process that comes and goes, with a clock of its own rate and a disk that stays. */
final class SimNode implements Surroundings {
    /** Rates of clocks: the fastest is 10 % faster than the slowest. */
    private static final double SLOWEST = 0.9535;

    private static final double FASTEST = SLOWEST * 1.0999;
    private static final int MOST_BACKLOG = 300;

    /** An order on its way. */
    private record Pending(String key, String value, Version stamp) {}

    private enum State {
        DOWN,
        UP,
        PAUSED
    }

    final NodeId id;
    final int index;

    /** By task: until when, in true time, it may deliver. */
    final long[] untilNs;

    boolean isDiskFull;

    private final World world;
    private final Voters voters;
    private final double rate;
    private final long offsetNs;
    private final Map<TaskKey, Long> instances = new HashMap<>();
    private final List<Runnable> backlog = new ArrayList<>();
    private State state = State.DOWN;
    private int life;
    private @Nullable Member member;
    private final SimFile promises = new SimFile(() -> isDiskFull);
    private final SimFile keptOrders = new SimFile(() -> isDiskFull);
    private final List<Pending> pending = new ArrayList<>();
    private AssignmentTable disk = AssignmentTable.NONE;
    private Version lastTable = Version.NONE;
    private boolean isPulling;
    private Map<TaskKey, NodeId> wanted = Map.of();
    private long wantedEpoch;

    SimNode(World world, int index, List<NodeId> voters) {
        this.world = world;
        this.index = index;
        this.id = new NodeId("n" + index);
        this.voters = Voters.of(new TreeSet<>(voters));
        this.untilNs = new long[world.tasks.size()];
        int kind = world.random.nextInt(4);
        this.rate =
                kind == 0
                        ? SLOWEST
                        : kind == 1
                                ? FASTEST
                                : SLOWEST + world.random.nextDouble() * (FASTEST - SLOWEST);
        this.offsetNs = world.random.nextLong(1L << 50) - (1L << 49);
    }

    boolean isUp() {
        return state == State.UP;
    }

    boolean isLeader() {
        return member != null && member.isLeader(localNs());
    }

    Version table() {
        return lastTable;
    }

    private long localNs() {
        return offsetNs + (long) (world.nowNs * rate);
    }

    void start() {
        if (state != State.DOWN) {
            return;
        }
        state = State.UP;
        life++;
        lastTable = Version.NONE;
        isPulling = false;
        Member.Identity me =
                new Member.Identity(id, world.random.nextLong(), voters, world.setup.timing());
        if (!world.setup.keepsVoterFile()) {
            promises.lose();
        }
        if (!world.setup.keepsOrders()) {
            keptOrders.lose();
        }
        Random random = new Random(world.random.nextLong());
        Member.Files files = new Member.Files(promises, keptOrders);
        member = world.setup.wrong().member(me, files, random, this, localNs());
        boolean isDiskRotten = world.random.nextInt(4) == 0;
        AssignmentTable found = isDiskRotten ? world.store.any(world.random) : disk;
        call(made -> made.offer(found, localNs()));
        tick();
        pullNow();
    }

    void crash() {
        if (state == State.DOWN) {
            return;
        }
        if (world.isPlannerRestless && isLeader() && world.random.nextBoolean()) {
            world.store.lose(world.random);
        }
        state = State.DOWN;
        life++;
        member = null;
        instances.clear();
        backlog.clear();
        pending.clear();
        Arrays.fill(untilNs, 0);
    }

    void pause() {
        if (state == State.UP) {
            state = State.PAUSED;
        }
    }

    void resume() {
        if (state == State.PAUSED) {
            state = State.UP;
            world.judge(this);
            List<Runnable> late = new ArrayList<>(backlog);
            backlog.clear();
            late.forEach(Runnable::run);
        }
    }

    void recover() {
        isDiskFull = false;
        resume();
        start();
    }

    /** Later, in this life; what comes in a pause comes after it. */
    private void later(long delayNs, Runnable act) {
        int mine = life;
        world.after(
                delayNs,
                () -> {
                    if (life == mine) {
                        whenUp(act);
                    }
                });
    }

    private void whenUp(Runnable act) {
        if (state == State.UP) {
            act.run();
        } else if (state == State.PAUSED) {
            backlog.add(act);
        }
    }

    private void tick() {
        call(made -> made.tick(localNs()));
        if (isLeader()) {
            call(this::plan);
            call(this::order);
        }
        later(40 * MS + world.random.nextLong(20 * MS), this::tick);
    }

    void receive(NodeId from, byte[] message) {
        if (state == State.PAUSED && backlog.size() >= MOST_BACKLOG) {
            return;
        }
        whenUp(
                () ->
                        call(
                                made -> {
                                    String refused = made.receive(from, message, localNs());
                                    if (!refused.isEmpty()) {
                                        world.blame("codec", refused);
                                    }
                                }));
    }

    private void call(Consumer<Member> act) {
        Member made = member;
        if (made == null || state != State.UP) {
            return;
        }
        act.accept(made);
        for (int t = 0; t < untilNs.length; t++) {
            TaskKey task = world.tasks.get(t);
            untilNs[t] = 0;
            if (instances.containsKey(task)) {
                long local = made.deliverUntilNs(task);
                untilNs[t] = local < offsetNs ? 0 : (long) ((local - offsetNs) / rate);
            }
        }
        if (lastTable.supersedes(made.table())) {
            world.blame("back", id + " went from " + lastTable + " to " + made.table());
        }
        lastTable = made.table();
        confirm(made);
        world.judge(this);
    }

    private void confirm(Member made) {
        Version confirmed = made.ordersConfirmed();
        pending.removeIf(
                order -> {
                    boolean isOver = order.stamp.epoch() != made.epoch();
                    boolean isDone = !isOver && !order.stamp.supersedes(confirmed);
                    if (isDone) {
                        world.orders.confirmed(order.key, order.value, order.stamp);
                    }
                    return isOver || isDone;
                });
    }

    /** Somebody wants something of a leader. */
    private void order(Member leader) {
        SortedMap<String, String> known = leader.orders();
        if (known == null || !world.isPlannerRestless || world.random.nextInt(15) != 0) {
            return;
        }
        SortedMap<String, String> changed = new TreeMap<>(known);
        String key = "k" + world.random.nextInt(3);
        String value = world.orders.next();
        changed.put(key, value);
        Version stamp = leader.order(changed);
        pending.removeIf(order -> order.key.equals(key) && order.stamp.equals(stamp));
        pending.add(new Pending(key, value, stamp));
    }

    /** Keeps what is where it is; sometimes changes its mind. */
    private void plan(Member leader) {
        if (!leader.isSettled(localNs()) && world.random.nextInt(200) != 0) {
            return;
        }
        List<NodeId> alive = new ArrayList<>(leader.alive());
        if (alive.isEmpty()) {
            return;
        }
        Map<TaskKey, NodeId> placement = new HashMap<>();
        Map<TaskKey, NodeId> before = leader.epoch() == wantedEpoch ? wanted : leader.whereabouts();
        for (int t = 0; t < world.tasks.size(); t++) {
            TaskKey task = world.tasks.get(t);
            NodeId node = before.get(task);
            if (node == null || !alive.contains(node)) {
                node = alive.get((t + (int) leader.epoch()) % alive.size());
            }
            if (world.isPlannerRestless && world.random.nextInt(100) == 0) {
                node = alive.get(world.random.nextInt(alive.size()));
            }
            placement.put(task, node);
        }
        wanted = placement;
        wantedEpoch = leader.epoch();
        leader.want(placement);
    }

    @Override
    public void send(NodeId to, byte[] message) {
        world.send(index, to, message);
    }

    @Override
    public void write(AssignmentTable table) {
        world.orders.made(table);
        boolean isSlow = world.isPlannerRestless && world.random.nextInt(10) == 0;
        long delayNs = MS + world.random.nextLong(isSlow ? 3000 * MS : 15 * MS);
        int mine = life;
        // the write goes on when its node pauses or dies
        world.after(
                delayNs,
                () -> {
                    boolean isDown = world.store.isDown || world.isStoreCut[index];
                    boolean isSaved = !isDown && world.store.save(table);
                    Version newer = isDown || isSaved ? null : world.store.newest().version();
                    if (life == mine) {
                        whenUp(() -> call(made -> tell(made, table.version(), isSaved, newer)));
                    }
                });
    }

    private void tell(Member made, Version version, boolean isSaved, @Nullable Version newer) {
        if (isSaved) {
            made.saved(version, localNs());
        } else {
            made.notSaved(version, newer, localNs());
        }
    }

    @Override
    public void pull(Version atLeast) {
        if (!isPulling) {
            isPulling = true;
            later(2 * MS + world.random.nextLong(10 * MS), () -> pulled(false));
        }
    }

    private void pullNow() {
        later(500 * MS + world.random.nextLong(500 * MS), () -> pulled(true));
    }

    private void pulled(boolean again) {
        isPulling = false;
        if (!world.store.isDown && !world.isStoreCut[index]) {
            AssignmentTable table = world.store.load(world.random);
            call(
                    made -> {
                        if (made.offer(table, localNs()) == Member.Offer.ADOPTED) {
                            disk = table;
                        }
                    });
        }
        if (again) {
            pullNow();
        }
    }

    @Override
    public void start(TaskKey task, Version since) {
        world.starts++;
        if (instances.put(task, world.starts) != null) {
            world.blame("started", task + " again at " + id);
        }
    }

    @Override
    public void release(TaskKey task) {
        stopWithin(1500 * MS, task);
    }

    @Override
    public void cut(TaskKey task) {
        stopWithin(3000 * MS, task);
    }

    private void stopWithin(long mostNs, TaskKey task) {
        long instance = instances.getOrDefault(task, 0L);
        later(
                world.random.nextLong(mostNs),
                () -> {
                    if (instances.remove(task, instance)) {
                        call(made -> made.stopped(task, localNs()));
                    }
                });
    }

    @Override
    public void deliver(NodeId from, Message message) {
        world.blame("codec", message + " of " + from);
    }

    @Override
    public void ordersLost(Version had, Version named) {
        world.orders.isLost = true;
    }

    @Override
    public String toString() {
        return state + " " + member;
    }
}
