package io.penstock.perf.cluster;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What the nodes export to: an HTTP server that keeps which record came under which delivery id,
 * and who brought it when. It honours delivery ids: one that it knows is answered and not counted
 * again.
 *
 * <p>Threading: any thread; requests come on an event loop of its own.
 */
final class Target implements AutoCloseable {
    private static final int WITHIN_S = 30;
    private static final int MOST_RECORDS = 8_000_000;
    private static final int MOST_ARRIVALS = 1_000_000;
    private static final int MOST_SAMPLES = 5;
    private static final int FIRST_ROOM = 1_024;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private int port;

    private final Map<String, Integer> deliveries = new HashMap<>();
    private final List<Integer> bodies = new ArrayList<>();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    /** By producer, and the number of a record: the delivery that brought it first, from 1. */
    private final Map<Integer, int[]> brought = new HashMap<>();

    private final Map<String, Long> lastNs = new TreeMap<>();
    private final Map<String, Long> longestNs = new TreeMap<>();
    private boolean watching;
    private long records;
    private long again;
    private long twice;
    private long contradictions;

    private Target() {}

    /** Starts one at a free port of an address. */
    static Target start(String host) throws IOException {
        Target target = new Target();
        try {
            HttpServer server =
                    target.vertx
                            .createHttpServer()
                            .requestHandler(target::take)
                            .listen(0, host)
                            .await(WITHIN_S, TimeUnit.SECONDS);
            target.port = server.actualPort();
            return target;
        } catch (TimeoutException late) {
            target.close();
            throw new IOException("no port to listen on", late);
        }
    }

    int port() {
        return port;
    }

    private void take(HttpServerRequest request) {
        String node = request.getHeader(TrialNode.HEADER);
        String key = request.getHeader("Idempotency-Key");
        String repo = request.path().substring(1);
        long ns = System.nanoTime();
        request.bodyHandler(
                body -> {
                    took(ns, String.valueOf(node), repo, String.valueOf(key), body);
                    request.response().setStatusCode(204).end();
                });
    }

    private synchronized void took(long ns, String node, String repo, String key, Buffer body) {
        Integer known = deliveries.putIfAbsent(key, deliveries.size());
        int delivery = known == null ? deliveries.size() - 1 : known;
        int hash = Arrays.hashCode(body.getBytes());
        if (arrivals.size() < MOST_ARRIVALS) {
            arrivals.add(new Arrival(ns, node, repo, delivery));
        } else {
            fault("more than " + MOST_ARRIVALS + " deliveries: what came later is not judged");
        }
        if (known != null) {
            again++;
            if (bodies.get(delivery) != hash) {
                contradictions++;
                fault("delivery " + key + " came with another content");
            }
            return;
        }
        bodies.add(hash);
        body.toString().lines().forEach(line -> record(line, delivery, key));
        progress(repo, ns);
    }

    private void record(String line, int delivery, String key) {
        int producer = (int) number(line, "\"p\":");
        int n = (int) number(line, "\"n\":");
        if (producer < 0 || n < 0 || n >= MOST_RECORDS) {
            fault("a line that nobody pushed: " + line);
            return;
        }
        int[] of = brought.computeIfAbsent(producer, any -> new int[FIRST_ROOM]);
        if (n >= of.length) {
            of = Arrays.copyOf(of, Math.max(n + 1, of.length * 2));
            brought.put(producer, of);
        }
        if (of[n] == 0) {
            of[n] = delivery + 1;
            records++;
        } else {
            twice++;
            fault("record " + producer + "/" + n + " came under a second delivery id: " + key);
        }
    }

    private static long number(String line, String name) {
        int at = line.indexOf(name);
        if (at < 0) {
            return -1;
        }
        int from = at + name.length();
        int to = from;
        while (to < line.length() && Character.isDigit(line.charAt(to))) {
            to++;
        }
        return to == from || to - from > 9 ? -1 : Long.parseLong(line.substring(from, to));
    }

    private void progress(String repo, long ns) {
        Long last = lastNs.put(repo, ns);
        if (watching && last != null) {
            longestNs.merge(repo, ns - last, Math::max);
        }
    }

    private void fault(String what) {
        if (faults.size() < MOST_SAMPLES) {
            faults.add(what);
        }
    }

    /** From now on the time between two deliveries that bring something new counts. */
    synchronized void watchProgress(Iterable<String> repos) {
        watching = true;
        for (String repo : repos) {
            lastNs.put(repo, System.nanoTime());
        }
    }

    /** It does not any more; the longest time without something new, by repo. */
    synchronized Map<String, Long> longestMs() {
        Map<String, Long> longest = new TreeMap<>();
        for (Map.Entry<String, Long> repo : lastNs.entrySet()) {
            if (watching) {
                longestNs.merge(repo.getKey(), System.nanoTime() - repo.getValue(), Math::max);
            }
            long ns = longestNs.getOrDefault(repo.getKey(), 0L);
            longest.put(repo.getKey(), TimeUnit.NANOSECONDS.toMillis(ns));
        }
        watching = false;
        return longest;
    }

    /** Of this producer's records with lower numbers, those that did not come. */
    synchronized long missing(int producer, int below) {
        int[] of = brought.getOrDefault(producer, new int[0]);
        long there = Arrays.stream(of, 0, Math.min(below, of.length)).filter(d -> d != 0).count();
        return below - there;
    }

    /** Records that came, each counted once. */
    synchronized long records() {
        return records;
    }

    /** How many delivery ids there were. */
    synchronized long ids() {
        return deliveries.size();
    }

    /** How often an id came that had come before. */
    synchronized long again() {
        return again;
    }

    /** Records that came under a second id, and ids that came with a second content. */
    synchronized long contradictions() {
        return twice + contradictions;
    }

    /** The first things that must not be, in words. */
    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    /** All deliveries, in order. */
    synchronized List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    @Override
    public void close() {
        try {
            vertx.close().await(WITHIN_S, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new IllegalStateException("the target does not close", late);
        }
    }
}
