package io.penstock.perf.cluster;

import io.penstock.perf.network.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a trial, what they say, and waiting for what they shall do.
 *
 * <p>Threading: confined to the trial's thread.
 */
final class Cluster implements AutoCloseable {
    /** Hazelcast alone takes up to 40 s to put two halves together. */
    private static final long SETTLE_WITHIN_MS = 120_000;

    /** Far above what is promised, so that a broken promise is measured. */
    private static final long MOVE_WITHIN_MS = 60_000;

    private static final long LOOK_MS = 10;

    private final Map<String, TrialNode> nodes = new LinkedHashMap<>();
    private final List<TrialNode> strangers = new ArrayList<>();
    private final Watch watch = new Watch();
    private final Consumer<String> progress;
    private final TrialSettings settings;
    private final Surroundings around;
    private final Notes notes;
    private final NodeYaml yaml;
    private Consumer<TrialNode> joined = node -> {};

    /**
     * What the nodes live in.
     *
     * @param network between them
     * @param postgres the store of them all; null where each has its own
     * @param directory room for their data
     */
    record Surroundings(Network network, @Nullable Postgres postgres, Path directory) {}

    /** A cluster without processes. */
    Cluster(
            TrialSettings settings,
            Surroundings around,
            String targetUrl,
            Notes notes,
            Consumer<String> progress)
            throws IOException, InterruptedException {
        this.settings = settings;
        this.around = around;
        this.notes = notes;
        this.progress = progress;
        List<String> members = new ArrayList<>();
        for (int n = 0; n < settings.nodes(); n++) {
            String id = String.valueOf((char) ('a' + n));
            TrialNode node = make(id, id);
            nodes.put(id, node);
            members.add(node.place().clusterHost() + ":" + node.place().clusterPort());
        }
        Postgres postgres = around.postgres;
        yaml =
                new NodeYaml(
                        members,
                        List.copyOf(nodes.keySet()),
                        settings.repos(),
                        targetUrl,
                        postgres == null ? "{kind: file}" : postgres.yaml());
        for (TrialNode node : nodes.values()) {
            node.configure(yaml.of(node, Map.of()));
            watch.add(node);
        }
    }

    private TrialNode make(String id, String home) throws IOException, InterruptedException {
        return new TrialNode(
                id, around.directory.resolve(home), around.network.place(), settings.options());
    }

    /** Is told of nodes that join later. */
    void onJoin(Consumer<TrialNode> listener) {
        joined = listener;
    }

    /** One more node, which has started and is one of them from now on. */
    TrialNode join(String id) throws IOException, InterruptedException {
        TrialNode node = make(id, id);
        nodes.put(id, node);
        node.configure(yaml.of(node, Map.of()));
        watch.add(node);
        node.start();
        joined.accept(node);
        return node;
    }

    /**
     * A process that is not one of them; not started.
     *
     * @param changed keys of its section {@code cluster} that differ from the others'
     */
    TrialNode stranger(String home, String id, Map<String, String> changed)
            throws IOException, InterruptedException {
        TrialNode node = make(id, home);
        node.configure(yaml.of(node, changed));
        strangers.add(node);
        return node;
    }

    /** Starts nodes all at once, and waits until they take batches. */
    void start(Collection<TrialNode> starting) throws IOException, InterruptedException {
        for (TrialNode node : starting) {
            node.begin();
        }
        for (TrialNode node : starting) {
            node.awaitReady();
        }
    }

    Collection<TrialNode> nodes() {
        return List.copyOf(nodes.values());
    }

    List<String> ids() {
        return List.copyOf(nodes.keySet());
    }

    TrialNode node(String id) {
        return Objects.requireNonNull(nodes.get(id), id);
    }

    /** All but these. */
    List<String> others(String... without) {
        return ids().stream().filter(id -> !Set.of(without).contains(id)).toList();
    }

    Watch watch() {
        return watch;
    }

    Network network() {
        return around.network;
    }

    Postgres postgres() {
        return Objects.requireNonNull(around.postgres);
    }

    Notes notes() {
        return notes;
    }

    TrialSettings settings() {
        return settings;
    }

    List<String> repos() {
        return yaml.repoNames();
    }

    /** Whom these nodes take for the leader, if it is one of them and knows that it leads. */
    Optional<String> leader(Collection<String> ids) {
        Set<String> named = new HashSet<>();
        Set<String> leading = new HashSet<>();
        for (String id : ids) {
            Optional<Sight> sight = watch.now(id);
            named.add(sight.map(Sight::leader).orElse(""));
            if (sight.map(Sight::leads).orElse(false)) {
                leading.add(id);
            }
        }
        return named.equals(leading) && named.size() == 1
                ? Optional.of(named.iterator().next())
                : Optional.empty();
    }

    /** The leader; waits for it. */
    String awaitLeader(Collection<String> ids) throws InterruptedException, LateException {
        await("a leader among " + ids, SETTLE_WITHIN_MS, () -> leader(ids).isPresent());
        return leader(ids).orElseThrow(() -> new LateException("the leader is gone again"));
    }

    /** Waits for a leader among these, and notes how long it took. */
    void anotherLeads(Collection<String> ids, long sinceNs)
            throws InterruptedException, LateException {
        awaitLeader(ids);
        notes.time("another leads", sinceNs);
    }

    /** Whether these nodes run all tasks, each one once. */
    boolean runAll(Collection<String> ids) {
        List<String> running = new ArrayList<>();
        for (String id : ids) {
            watch.now(id).ifPresent(sight -> running.addAll(sight.running()));
        }
        return running.size() == settings.repos() && Set.copyOf(running).size() == running.size();
    }

    /** Waits until these nodes run all tasks; it is a fault when that takes too long. */
    void tasksMove(Collection<String> to, long sinceNs) throws InterruptedException, LateException {
        await("all tasks on " + to, MOVE_WITHIN_MS, () -> runAll(to));
        long ms = notes.time("its tasks run elsewhere", sinceNs);
        if (ms > settings.moveLimitMs()) {
            notes.fault("tasks ran elsewhere only after " + ms + " ms");
        }
    }

    /** Whether all nodes agree on table and leader, and each has its share of the tasks. */
    boolean settled() {
        Set<String> versions = new HashSet<>();
        boolean busy = true;
        for (String id : ids()) {
            Optional<Sight> sight = watch.now(id);
            versions.add(sight.map(Sight::version).orElse(""));
            busy &= sight.map(s -> !s.running().isEmpty() && s.leaseLeftMs() > 0).orElse(false);
        }
        return busy && versions.size() == 1 && runAll(ids()) && leader(ids()).isPresent();
    }

    /** Waits for that, and notes how long it took. */
    void settle(String what, long sinceNs) throws InterruptedException, LateException {
        await("all nodes agree, each with tasks", SETTLE_WITHIN_MS, this::settled);
        notes.time(what, sinceNs);
    }

    /** Waits for something. */
    void await(String what, long withinMs, BooleanSupplier condition)
            throws InterruptedException, LateException {
        progress.accept("waits: " + what);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(withinMs);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new LateException(what + ": not within " + withinMs + " ms; " + account());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
    }

    private String account() {
        return ids().stream()
                .map(
                        id ->
                                id
                                        + ": "
                                        + watch.now(id)
                                                .map(
                                                        s ->
                                                                s.version()
                                                                        + " leader "
                                                                        + s.leader()
                                                                        + " lease "
                                                                        + s.leaseLeftMs()
                                                                        + " runs "
                                                                        + s.running())
                                                .orElse("silent"))
                .collect(Collectors.joining("; "));
    }

    /** Leaves things as they are for some time. */
    void stay(long ms) throws InterruptedException {
        progress.accept("load");
        TimeUnit.MILLISECONDS.sleep(ms);
    }

    /** After a failure: everything runs, and nothing is cut. */
    void mend() throws IOException, InterruptedException {
        around.network.heal();
        for (TrialNode node : nodes.values()) {
            node.clock(List.of());
            if (node.alive()) {
                node.resume();
            } else {
                node.start();
            }
        }
    }

    @Override
    public void close() {
        watch.close();
        nodes.values().forEach(TrialNode::close);
        strangers.forEach(TrialNode::close);
    }
}
