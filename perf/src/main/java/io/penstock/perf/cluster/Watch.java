package io.penstock.perf.cluster;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Asks every node again and again what it runs, each on a thread of its own, and remembers.
 *
 * <p>Threading: any thread.
 */
final class Watch implements AutoCloseable {
    private static final long PERIOD_MS = 60;
    private static final int MOST_SIGHTS = 50_000;

    /** What was said longer ago is not what is. */
    private static final long FRESH_NS = TimeUnit.MILLISECONDS.toNanos(1_000);

    private final Map<String, List<Sight>> seen = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ends;

    /** Watches one more node, dead or alive. */
    synchronized void add(TrialNode node) {
        List<Sight> sights = new ArrayList<>();
        seen.put(node.id(), sights);
        Thread thread = new Thread(() -> watch(node, sights), "watch-" + node.id());
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void watch(TrialNode node, List<Sight> sights) {
        try {
            while (!ends) {
                Optional<Sight> sight = look(node);
                synchronized (this) {
                    if (sight.isPresent() && sights.size() < MOST_SIGHTS) {
                        sights.add(sight.get());
                    }
                }
                Thread.sleep(PERIOD_MS);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<Sight> look(TrialNode node) throws InterruptedException {
        try {
            long askedNs = System.nanoTime();
            JsonObject goesBy = node.get("/v1/assignments");
            long toldNs = System.nanoTime();
            JsonObject leader = node.get("/v1/leader");
            if (!goesBy.containsKey("version")) {
                return Optional.empty(); // it does not take part yet, or any more
            }
            Set<String> running =
                    goesBy.getJsonArray("running", new JsonArray()).stream()
                            .map(String.class::cast)
                            .collect(Collectors.toSet());
            Long leftMs = goesBy.getLong("lease_left_ms");
            return Optional.of(
                    new Sight(
                            askedNs,
                            toldNs,
                            goesBy.getString("version"),
                            running,
                            leftMs == null ? 0 : leftMs,
                            goesBy.getLong("lease_lapses", 0L),
                            String.valueOf(leader.getString("leader", "")),
                            leader.getBoolean("leads", false)));
        } catch (IOException away) {
            return Optional.empty();
        }
    }

    /** What a node said last, if that was just now. */
    synchronized Optional<Sight> now(String id) {
        List<Sight> sights = seen.getOrDefault(id, List.of());
        if (sights.isEmpty()) {
            return Optional.empty();
        }
        Sight last = sights.get(sights.size() - 1);
        return System.nanoTime() - last.toldNs() <= FRESH_NS ? Optional.of(last) : Optional.empty();
    }

    /** All that a node said. */
    synchronized List<Sight> of(String id) {
        return List.copyOf(seen.getOrDefault(id, List.of()));
    }

    /** Who was watched. */
    synchronized List<String> ids() {
        return seen.keySet().stream().sorted().toList();
    }

    @Override
    public void close() {
        ends = true;
        List<Thread> ending;
        synchronized (this) {
            ending = List.copyOf(threads);
        }
        ending.forEach(Thread::interrupt);
    }
}
