package io.penstock.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logs that are written and rotated all the time, followed by a process that is killed again and
 * again, into a gateway that is killed too: every line is in the files of a sink, once.
 */
class FollowKillTest {

    private static final int KILLS = Integer.getInteger("penstock.follow.kills", 10);
    private static final int LONGEST_LIFE_MS = 2_500;
    private static final int LONGEST_PAUSE_MS = 400;
    private static final int DRAIN_LIMIT_S = 60;
    private static final Pattern ID = Pattern.compile("\"id\":\"([a-z.]+-[0-9]+)\"");

    @Test
    void everyLineIsThereOnce(@TempDir Path directory) throws Exception {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("FollowKillTest: -Dpenstock.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        Path logs = Files.createDirectory(directory.resolve("logs"));
        Path files = directory.resolve("files");
        String export =
                """
                ring: {segment_bytes: 1MiB, max_bytes: 64MiB}
                exports:
                  - name: to-files
                    repo: logs
                    sink: {type: file, directory: '%s', format: ndjson}
                """
                        .formatted(files);
        try (GatewayProcess gateway = new GatewayProcess(directory, export);
                FollowProcess follow =
                        new FollowProcess(
                                directory,
                                "--repo=logs",
                                "--to=127.0.0.1:" + gateway.port(),
                                "--state=" + directory.resolve("state"),
                                "--batch-bytes=4096",
                                "--poll-ms=20",
                                "--gone-seconds=1",
                                "-o=json",
                                logs + "/renamed.log*",
                                logs + "/copied.log*")) {
            gateway.start();
            List<RotatingWriter> writers =
                    List.of(
                            new RotatingWriter(logs.resolve("renamed.log"), false, seed),
                            new RotatingWriter(logs.resolve("copied.log"), true, seed + 1));
            follow.start();
            killAgainAndAgain(gateway, follow, random);
            Set<String> written = new HashSet<>();
            int rotations = 0;
            for (RotatingWriter each : writers) {
                rotations += each.end();
                written.addAll(each.written());
            }
            awaitAll(written, files);
            assertThat(follow.stop()).as(follow.said()).isZero();
            assertThat(gateway.stop()).isZero();

            System.out.printf(
                    "FollowKillTest: %d lines, %d rotations, %d kills%n",
                    written.size(), rotations, KILLS);
            assertThat(rotations).isGreaterThan(2);
            assertEachOnce(written, ids(files, ".ndjson"), follow.said());
        }
    }

    private static void killAgainAndAgain(
            GatewayProcess gateway, FollowProcess follow, SplittableRandom random)
            throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            Thread.sleep(random.nextInt(LONGEST_LIFE_MS));
            if (kill % 4 == 3) {
                gateway.kill();
                gateway.start();
            } else {
                assertThat(follow.isAlive()).as(follow.said()).isTrue();
                follow.kill();
                Thread.sleep(random.nextInt(LONGEST_PAUSE_MS));
                follow.start();
            }
        }
    }

    private static void assertEachOnce(
            Set<String> written, Map<String, Integer> arrived, String said) {
        Set<String> lost = new HashSet<>(written);
        lost.removeAll(arrived.keySet());
        Map<String, Integer> twice = new HashMap<>(arrived);
        twice.values().removeIf(times -> times == 1);
        assertThat(lost).as("lost; %s", said).isEmpty();
        assertThat(twice).as("more than once; %s", said).isEmpty();
        assertThat(arrived).hasSize(written.size());
        assertThat(summary(said).getInteger("lost_bytes")).isZero();
    }

    private static JsonObject summary(String said) {
        return new JsonObject(said.substring(said.lastIndexOf("{")));
    }

    private static void awaitAll(Set<String> written, Path files)
            throws IOException, InterruptedException {
        long endNs = System.nanoTime() + DRAIN_LIMIT_S * 1_000_000_000L;
        // files that are still open have another name
        while (!ids(files, "").keySet().containsAll(written) && System.nanoTime() < endNs) {
            Thread.sleep(200);
        }
    }

    private static Map<String, Integer> ids(Path directory, String ending) throws IOException {
        Map<String, Integer> times = new HashMap<>();
        if (!Files.isDirectory(directory)) {
            return times;
        }
        List<Path> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(directory)) {
            all.filter(f -> Files.isRegularFile(f) && f.toString().endsWith(ending))
                    .forEach(found::add);
        }
        for (Path file : found) {
            for (String line : Files.readString(file).split("\n", -1)) {
                Matcher id = ID.matcher(line);
                if (id.find()) {
                    times.merge(id.group(1), 1, Integer::sum);
                }
            }
        }
        return times;
    }
}
