package io.penstock.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.boot.TestNode;
import io.penstock.loopback.FreePorts;
import io.penstock.model.AckLevel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/ten-tasks.md: its steps are counted, and its commands run, on a cluster of two. */
class OperatorTasksTest {
    private static final Pattern ROW =
            Pattern.compile(
                    "(?m)^\\| (\\d+) \\| ([^|]+) \\| ([^|]+) \\| (\\d+) \\| ([^|]+) \\| (\\d+) \\|$");
    private static final Pattern COMMAND = Pattern.compile("`penstock ([^`]+)`");

    @TempDir private static Path directory;

    /** The commands of each line of the page. */
    private static List<List<String>> tasks() throws Exception {
        List<List<String>> tasks = new ArrayList<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("../docs/ten-tasks.md")));
        while (row.find()) {
            for (int way = 3; way <= 5; way += 2) {
                int counted = row.group(way).split(" → ", -1).length;
                assertThat(Integer.parseInt(row.group(way + 1)))
                        .as("steps of task %s: %s", row.group(1), row.group(way))
                        .isEqualTo(counted);
            }
            tasks.add(COMMAND.matcher(row.group(5)).results().map(each -> each.group(1)).toList());
        }
        return tasks;
    }

    private static TestNode node(String id, int port, int other, String exports) throws Exception {
        return TestNode.start(
                id,
                directory.resolve(id),
                "cluster: {enabled: true, members: ['127.0.0.1:%d'], voters: [node-1], port: %d, port_count: 1}%n%s"
                        .formatted(other, port, exports));
    }

    @Test
    void everyCommandOfThePageDoesWhatItSays() throws Exception {
        List<List<String>> tasks = tasks();
        assertThat(tasks).hasSize(10);
        AtomicInteger status = new AtomicInteger(422);
        Vertx vertx = Vertx.vertx();
        HttpServer target =
                vertx.createHttpServer()
                        .requestHandler(r -> r.response().setStatusCode(status.get()).end());
        int port = TestNode.await(target.listen(0, "127.0.0.1")).actualPort();
        String exports =
                "exports: [{name: files, repo: web, sink: {type: blackhole}}, {name: checked,"
                        + " repo: orders, batch: {linger_ms: 0}, sink: {type: http, url:"
                        + " 'http://127.0.0.1:"
                        + port
                        + "/'}}]";
        int first = FreePorts.one();
        int second = FreePorts.one();
        try (TestNode one = node("node-1", first, second, exports);
                TestNode two = node("node-2", second, first, exports)) {
            one.push("web", 100, AckLevel.DELIVERED);
            one.push("orders", 3, AckLevel.STAGED);
            await(one, "dlq ls --repo orders --export checked", "422");
            String leader =
                    await(one, "leader", "node-").contains("node-2") ? two.admin() : one.admin();
            await(one, "tasks", "web/files#0");
            long letter =
                    new JsonObject(
                                    ask(
                                                    "dlq ls --repo orders --export checked -o json",
                                                    one.admin())
                                            .out())
                            .getJsonArray("letters")
                            .getJsonObject(0)
                            .getLong("id");
            for (List<String> task : tasks) {
                for (String written : task) {
                    String command = written.replace("checked 7", "checked " + letter);
                    prepare(command, status);
                    boolean asksLeader = command.startsWith("why ");
                    run(command, asksLeader ? leader : one.admin(), one);
                }
            }
            assertThat(ask("tasks", one.admin()).out())
                    .as("pinned by the page")
                    .containsPattern("web/files#0 +node-1");
            assertThat(ask("dlq ls --repo orders --export checked", one.admin()).out())
                    .as("replayed by the page")
                    .doesNotContain("422");
        } finally {
            TestNode.await(vertx.close());
        }
    }

    private static Cli ask(String command, String admin) {
        List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
        words.replaceAll(
                word -> word.endsWith(".yaml") ? directory.resolve(word).toString() : word);
        words.add("--admin=" + admin);
        return Cli.run(words.toArray(String[]::new));
    }

    private static String await(TestNode node, String command, String said) throws Exception {
        TestNode.until(() -> ask(command, node.admin()).out().contains(said));
        return ask(command, node.admin()).out();
    }

    /** What happens around the commands, as the page tells it. */
    private static void prepare(String command, AtomicInteger status) throws Exception {
        if (command.startsWith("exports create") || command.startsWith("exports change")) {
            int concurrency = command.startsWith("exports change") ? 3 : 2;
            Files.writeString(
                    directory.resolve("errors.yaml"),
                    "{name: errors, repo: web, concurrency: %d, sink: {type: blackhole}}%n"
                            .formatted(concurrency));
        } else if (command.startsWith("dlq replay")) {
            status.set(200);
        }
    }

    private static void run(String command, String admin, TestNode pushed) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Thread traffic =
                new Thread(
                        () -> {
                            while (!over.get()) {
                                push(pushed);
                            }
                        });
        if (command.startsWith("tail")) {
            traffic.start(); // it shows what comes, and ends with the first
        }
        Cli done = ask(command, admin);
        over.set(true);
        traffic.join();
        assertThat(done.code()).as("%s: %s %s", command, done.out(), done.err()).isZero();
    }

    private static void push(TestNode node) {
        try {
            node.push("web", 10, AckLevel.STAGED);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
