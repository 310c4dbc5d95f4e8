package io.penstock.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.boot.AdminHttp;
import io.penstock.gateway.boot.TestNode;
import io.penstock.suite.Alone;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What repos cost that nobody pushes to: a place on the disk and nothing else. {@code
 * -Dpenstock.repos=100000} makes it as many; one in a hundred is pushed to and closes again.
 */
@Alone
class IdleReposTest {
    private static final int REPOS = Integer.getInteger("penstock.repos", 2_000);
    private static final int HEAP_PER_REPO_BYTES = 4 << 10;
    private static final int BOOT_LIMIT_MS = 10_000;
    private static final int PAGE_LIMIT_BYTES = 2 << 20;
    private static final int METRICS_LIMIT_BYTES = 1 << 20;

    private static final String SECTIONS =
            """
            ring: {segment_bytes: 1MiB, resident_bytes: 2MiB, max_bytes: 16MiB, idle_close_ms: 500ms}
            tenants:
              acme:
                repos: ['acme-*']
                each_repo: {requests_per_s: 100}
                exports: [{name: theirs, batch: {linger_ms: 0}, sink: {type: blackhole}}]
            """;

    @TempDir private Path directory;

    /** What a process has. */
    private record Cost(long heapBytes, long threads, long files, long mappings, long bootMs) {
        @Override
        public String toString() {
            return heapBytes
                    + " bytes of live heap, "
                    + threads
                    + " threads, "
                    + files
                    + " files, "
                    + mappings
                    + " mappings, up in "
                    + bootMs
                    + " ms";
        }
    }

    private static void push(AdminHttp data, String repo) throws Exception {
        // one that is closing, or too many that are open, is a matter of a moment
        TestNode.until(
                () ->
                        data.send("POST", "/v1/repos/" + repo + "/batches", "[{\"a\":1}]").status()
                                == 200);
    }

    private static long open(AdminHttp admin) throws Exception {
        return sample(admin, "penstock_repos_open");
    }

    private static long sample(AdminHttp admin, String name) throws Exception {
        return admin.get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static Cost start(GatewayProcess gateway, AdminHttp admin) throws Exception {
        long beganNs = System.nanoTime();
        gateway.start();
        TestNode.until(() -> admin.get("/readyz").status() == 200);
        long bootMs = (System.nanoTime() - beganNs) / 1_000_000;
        return cost(admin, bootMs);
    }

    private static Cost cost(AdminHttp admin, long bootMs) throws Exception {
        long pid = admin.get("/v1/node").json().getLong("pid");
        long heap = liveHeap(pid);
        Path proc = Path.of("/proc", Long.toString(pid));
        return new Cost(
                heap,
                entries(proc.resolve("task")),
                entries(proc.resolve("fd")),
                Files.readAllLines(proc.resolve("maps")).size(),
                bootMs);
    }

    private static long entries(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.count();
        }
    }

    /** The last line of a histogram of what a full collection leaves. */
    private static long liveHeap(long pid) throws Exception {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process =
                new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                        .redirectErrorStream(true)
                        .start();
        String text =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        String last = text.substring(text.lastIndexOf('\n') + 1);
        assertThat(last).startsWith("Total");
        return Long.parseLong(last.strip().split("\\s+", -1)[2]);
    }

    /** Repos as a node leaves them, by the hundred thousand; files that are equal are one file. */
    private static void multiply(Path repos, String seed, int count) throws IOException {
        List<Path> parts = new ArrayList<>();
        try (Stream<Path> all = Files.walk(repos.resolve(seed))) {
            all.forEach(parts::add);
        }
        for (int i = 0; i < count; i++) {
            Path copy = repos.resolve("acme-%06d".formatted(i));
            for (Path part : parts) {
                Path place = copy.resolve(repos.resolve(seed).relativize(part).toString());
                if (Files.isDirectory(part)) {
                    Files.createDirectories(place);
                } else if (i % 100 == 0) {
                    Files.copy(part, place); // these are opened, and write
                } else {
                    Files.createLink(
                            place,
                            repos.resolve("acme-%06d".formatted(i / 10_000 * 10_000))
                                    .resolve(repos.resolve(seed).relativize(part).toString()));
                }
            }
        }
    }

    @Test
    void areAPlaceOnTheDiskAndNothingElse() throws Exception {
        GatewayProcess gateway = new GatewayProcess(directory, SECTIONS);
        // one client each: what they leave open counts
        AdminHttp admin = new AdminHttp(() -> "127.0.0.1:" + gateway.adminPort());
        AdminHttp data = new AdminHttp(() -> "127.0.0.1:" + gateway.port());
        try {
            Cost none = start(gateway, admin);
            push(data, "acme-seed");
            TestNode.until(() -> open(admin) == 0);
            gateway.stop();
            multiply(gateway.data().resolve("repos"), "acme-seed", REPOS);

            Cost idle = start(gateway, admin);
            long known = sample(admin, "penstock_repos_known");
            compare("idle", none, idle);
            assertThat(known).isEqualTo(REPOS + 1);
            assertThat(sample(admin, "penstock_repos_open")).isZero();
            assertThat(idle.bootMs()).isLessThan(none.bootMs() + BOOT_LIMIT_MS);
            pages(admin);

            for (int i = 0; i < REPOS; i += 100) {
                push(data, "acme-%06d".formatted(i));
            }
            assertThat(admin.get("/metrics").text().length()).isLessThan(METRICS_LIMIT_BYTES);
            TestNode.until(() -> open(admin) == 0);
            compare("idle again", none, cost(admin, 0));
            gateway.stop();
        } finally {
            gateway.kill();
        }
    }

    private static void compare(String what, Cost none, Cost now) {
        double each = (double) (now.heapBytes() - none.heapBytes()) / REPOS;
        System.out.printf(
                "%d repos, %s: %s; without: %s; %.1f bytes of heap each%n",
                REPOS, what, now, none, each);
        assertThat(each).isLessThan(HEAP_PER_REPO_BYTES);
        // what is made on first use: workers, connections, arenas
        assertThat(now.threads() - none.threads()).isLessThan(30);
        assertThat(now.files() - none.files()).isLessThan(50);
        assertThat(now.mappings() - none.mappings()).isLessThan(150);
    }

    private static void pages(AdminHttp admin) throws Exception {
        long beganNs = System.nanoTime();
        int seen = 0;
        int parts = 0;
        String after = "";
        while (after != null) {
            AdminHttp.Said said = admin.get("/v1/repos?limit=10000&after=" + after).with(200);
            assertThat(said.text().length()).isLessThan(PAGE_LIMIT_BYTES);
            JsonObject part = said.json();
            seen += part.getJsonArray("repos").size();
            parts++;
            after = part.getString("next");
        }
        System.out.printf(
                "all of /v1/repos in %d parts: %d ms%n",
                parts, (System.nanoTime() - beganNs) / 1_000_000);
        assertThat(seen).isEqualTo(REPOS + 1);
    }
}
