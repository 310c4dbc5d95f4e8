package io.penstock.perf.cluster;

import io.penstock.gateway.cli.ExitCode;
import io.penstock.perf.network.Skipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Nodes that do not fit: other terms, a taken name, another clock. */
final class Strangers {
    private static final Duration AHEAD = Duration.ofMinutes(10);
    private static final Duration CLOSE = Duration.ofMinutes(1);
    private static final Pattern STARTED = Pattern.compile("\"started\"\\s*:\\s*\"([^\"]+)\"");

    private Strangers() {}

    /** Two configurations under one cluster name, and a second process under a name. */
    static void refused(Cluster cluster) throws IOException, InterruptedException {
        refused(cluster, cluster.stranger("terms", "x", Map.of("lease_ms", "9600ms")), "lease_ms");
        refused(cluster, cluster.stranger("voters", "y", Map.of("voters", "[y]")), "voters");
        refused(cluster, cluster.stranger("twin", cluster.ids().get(0), Map.of()), "node.id");
    }

    /** A node of a version of Penstock whose messages have another format. */
    static void ofAnotherFormat(Cluster cluster) throws IOException, InterruptedException, Skipped {
        TrialNode node = cluster.stranger("format", "z", Map.of());
        node.classes(OtherFormat.write(node.data().resolveSibling("classes")));
        refused(cluster, node, "format");
    }

    private static void refused(Cluster cluster, TrialNode node, String key)
            throws IOException, InterruptedException {
        long startedNs = System.nanoTime();
        node.begin();
        int code = node.awaitExit();
        cluster.notes().time("refused for " + key, startedNs);
        if (code != ExitCode.CANNOT_START || !node.output().contains(key)) {
            cluster.notes()
                    .fault(
                            "a node that should be refused for %s ended with code %d: %s"
                                    .formatted(key, code, node.output().strip()));
        }
    }

    /** A node whose wall clock is ahead, while the leader dies. */
    static void skewed(Cluster cluster)
            throws IOException, InterruptedException, LateException, Skipped {
        Path library = fakeTime();
        String id = cluster.others(cluster.awaitLeader(cluster.ids())).get(0);
        TrialNode node = cluster.node(id);
        long killedNs = System.nanoTime();
        node.kill();
        cluster.tasksMove(cluster.others(id), killedNs);
        node.clock(
                List.of(
                        "env",
                        "LD_PRELOAD=" + library,
                        "FAKETIME=+" + AHEAD.toSeconds(),
                        "FAKETIME_DONT_FAKE_MONOTONIC=1",
                        "DONT_FAKE_MONOTONIC=1",
                        // else waits of a JVM that have a limit return at once, and all spins
                        "FAKETIME_FORCE_MONOTONIC_FIX=0"));
        long startedNs = System.nanoTime();
        node.start();
        cluster.settle("whole again with a clock ahead", startedNs);
        Duration off = Duration.between(Instant.now(), started(node)).minus(AHEAD).abs();
        if (off.compareTo(CLOSE) > 0) {
            cluster.notes().fault("the clock of " + id + " is not ahead; off by " + off);
        }
        Deaths.ofLeader(cluster);
    }

    private static Instant started(TrialNode node) throws IOException {
        Matcher started = STARTED.matcher(Files.readString(node.data().resolve("node.json")));
        return started.find() ? Instant.parse(started.group(1)) : Instant.EPOCH;
    }

    private static Path fakeTime() throws IOException, Skipped {
        String stated = System.getProperty("penstock.faketime", "");
        if (!stated.isEmpty()) {
            return Path.of(stated);
        }
        try (Stream<Path> found = Files.list(Path.of("/usr/lib"))) {
            Optional<Path> library =
                    found.map(each -> each.resolve("faketime").resolve("libfaketimeMT.so.1"))
                            .filter(Files::isReadable)
                            .findFirst();
            return library.orElseThrow(() -> new Skipped("libfaketime is not installed"));
        }
    }
}
