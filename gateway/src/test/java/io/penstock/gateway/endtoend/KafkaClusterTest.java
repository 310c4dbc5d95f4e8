package io.penstock.gateway.endtoend;

import static io.penstock.gateway.endtoend.ThreeGateways.IDS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.kafka.KafkaBroker;
import io.penstock.exporter.kafka.Topics;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three gateways in JVMs of their own and a topic, to which is written all the time: one of them
 * pulls it, until something happens to that one. What arrives at a target is counted.
 */
class KafkaClusterTest {
    private static final String SOURCE = "r/source:in";
    private static final String TASK = SOURCE + "#0";
    private static final int PARTITIONS = 4;
    private static final int AT_ONCE = 100;
    private static final long WRITE_EVERY_MS = 50;
    private static final Duration PAUSE = Duration.ofMillis(4_500);

    private KafkaBroker broker;
    private String topic;
    private NamingReceiver target;
    private ThreeGateways nodes;
    private Thread writer;
    private volatile int written;
    private volatile boolean isOver;

    @TempDir private Path directory;

    @BeforeEach
    void start() throws Exception {
        broker = Topics.sharedBroker();
        topic = Topics.create(broker, PARTITIONS);
        target = new NamingReceiver();
        String sections =
                """
                kafka: {main: {bootstrap_servers: '%s'}}
                sources:
                  - {name: in, cluster: main, topics: [%s], repo: r, group: g, commit_interval_ms: 200}
                exports:
                  - name: out
                    repo: r
                    batch: {linger_ms: 20}
                    sink: {type: http, url: '%s', headers: {%s: %s}}
                """;
        nodes =
                new ThreeGateways(
                        directory,
                        id ->
                                sections.formatted(
                                        broker.bootstrapServers(),
                                        topic,
                                        target.url(),
                                        NamingReceiver.NODE,
                                        id));
        nodes.begin(IDS);
        writer = new Thread(this::write, "writer");
        writer.start();
    }

    private void write() {
        try {
            while (!isOver) {
                int from = written;
                List<ProducerRecord<byte[], byte[]>> some =
                        IntStream.range(from, from + AT_ONCE)
                                .mapToObj(n -> record(topic, n))
                                .toList();
                Topics.write(broker, some);
                written = from + AT_ONCE;
                TimeUnit.MILLISECONDS.sleep(WRITE_EVERY_MS);
            }
        } catch (InterruptedException ended) {
            isOver = true;
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, int n) {
        byte[] value = ("{\"n\":" + n + "}").getBytes(UTF_8);
        return new ProducerRecord<>(topic, n % PARTITIONS, null, value);
    }

    @AfterEach
    void stop() throws Exception {
        isOver = true;
        writer.join();
        nodes.close();
        target.close();
    }

    @Test
    void aTopicIsPulledByWhoHasTheTaskAndNothingIsLostOnTheWay() throws Exception {
        Patience.until("a puller", () -> !puller().isEmpty());
        flows();
        isShownAsATask();
        drained();
        pinned();
        stopped();
        // so far everything moved in order
        assertThat(target.faults()).isEmpty();
        paused();
        killed();
        isOver = true;
        writer.join();
        Patience.until("everything delivered", () -> target.numbers().size() == written);
        Set<String> twice = target.faults();
        System.out.printf(
                "KafkaClusterTest: %d records, %d of them came under two ids after SIGSTOP and"
                        + " kill -9%n",
                written, twice.size());
        // what was staged and not committed, at two deaths: 200 ms each, and what a pause adds
        assertThat(twice).allMatch(each -> each.contains(" came as ")).hasSizeLessThan(4_000);
    }

    private void isShownAsATask() throws Exception {
        String leader = nodes.leader(IDS);
        assertThat(AdminCall.verb(nodes.admin("a"), "tasks").text()).contains(TASK);
        assertThat(AdminCall.verb(nodes.admin(leader), "why", TASK).text())
                .contains(TASK.substring(2));
        String puller = puller();
        Patience.until(
                "a rate",
                () ->
                        load(AdminCall.get(nodes.admin("b"), "/v1/nodes"), puller)
                                        .getDouble("records_per_s")
                                > 0);
    }

    private static JsonObject load(JsonObject report, String node) {
        return report.getJsonArray("nodes").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("node").equals(node))
                .flatMap(each -> each.getJsonArray("exports", new JsonArray()).stream())
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("export").equals("source:in"))
                .findAny()
                .orElse(new JsonObject().put("records_per_s", 0.0));
    }

    private void drained() throws Exception {
        String old = puller();
        AdminCall drain = AdminCall.verb(nodes.admin(old), "nodes", "drain", old);
        assertThat(drain.code()).as(drain.text()).isZero();
        moved(old, "drain");
        assertThat(AdminCall.verb(nodes.admin(old), "nodes", "undrain", old).code()).isZero();
    }

    private void pinned() throws Exception {
        String old = puller();
        String to = ThreeGateways.others(old).get(0);
        AdminCall pin = AdminCall.verb(nodes.admin(old), "tasks", "pin", SOURCE, to);
        assertThat(pin.code()).as(pin.text()).isZero();
        moved(old, "pin");
        assertThat(puller()).isEqualTo(to);
        assertThat(AdminCall.verb(nodes.admin(old), "tasks", "unpin", SOURCE).code()).isZero();
    }

    private void stopped() throws Exception {
        String old = puller();
        boolean leads = nodes.leader(IDS).equals(old);
        nodes.node(old).terminate();
        moved(old, leads ? "SIGTERM of the leader" : "SIGTERM");
        assertThat(nodes.node(old).stop()).isZero();
        nodes.begin(old);
        flows();
    }

    private void paused() throws Exception {
        String old = puller();
        nodes.node(old).pause();
        long pausedNs = System.nanoTime();
        try {
            moved(old, "SIGSTOP");
            while (System.nanoTime() - pausedNs < PAUSE.toNanos()) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } finally {
            nodes.node(old).resume();
        }
        Patience.until("a zombie that knows", () -> lapses(old) > 0);
        long staged = staged(old);
        flows();
        assertThat(puller()).isNotEqualTo(old);
        assertThat(staged(old)).as("records staged by the zombie").isEqualTo(staged);
    }

    private void killed() throws Exception {
        String old = puller();
        nodes.node(old).kill();
        moved(old, "kill -9");
        nodes.begin(old);
        flows();
    }

    /** Until another node than this one pulls, and what it pulls arrives. */
    private void moved(String old, String how) throws Exception {
        long sinceNs = System.nanoTime();
        Patience.until(
                "another puller than " + old,
                () -> {
                    // the old one may not answer
                    List<String> others = ThreeGateways.others(old);
                    return runs(others.get(0)) || runs(others.get(1));
                });
        long movedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNs);
        flows();
        System.out.printf("KafkaClusterTest: %s: pulled by another after %d ms%n", how, movedMs);
    }

    /**
     * Until something that is written from now on has arrived. What a dead node staged and
     * committed arrives when it is back.
     */
    private void flows() throws Exception {
        int from = written + AT_ONCE;
        Set<Integer> some =
                IntStream.range(from, from + AT_ONCE).boxed().collect(Collectors.toSet());
        Patience.until("records from " + from, () -> target.numbers().containsAll(some));
    }

    /** Who runs the source's task, by the table of whoever answers and by its own word. */
    private String puller() throws Exception {
        List<String> running = new ArrayList<>();
        for (String id : IDS) {
            if (runs(id)) {
                running.add(id);
            }
        }
        return running.size() == 1 ? running.get(0) : "";
    }

    private boolean runs(String id) throws Exception {
        try {
            return AdminCall.brief(nodes.admin(id), "/v1/assignments")
                    .getJsonArray("running", new JsonArray())
                    .contains(TASK);
        } catch (IOException notThere) {
            return false;
        }
    }

    private long lapses(String id) throws Exception {
        return AdminCall.get(nodes.admin(id), "/v1/assignments").getLong("lease_lapses", 0L);
    }

    private long staged(String id) throws Exception {
        return AdminCall.http(nodes.admin(id), "GET", "/metrics", "")
                .text()
                .lines()
                .filter(line -> line.startsWith("penstock_source_records_total"))
                .mapToLong(
                        line -> (long) Double.parseDouble(line.substring(line.indexOf("} ") + 2)))
                .sum();
    }
}
