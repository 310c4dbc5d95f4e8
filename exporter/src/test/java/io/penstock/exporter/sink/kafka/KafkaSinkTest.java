package io.penstock.exporter.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.kafka.KafkaBroker;
import io.penstock.exporter.kafka.Topics;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.contract.SinkDriver;
import io.penstock.exporter.sink.contract.TestDelivery;
import io.penstock.model.RepoName;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys, partitions, poison, crashes and zombies, with a real broker. */
class KafkaSinkTest {
    private static final int RECORDS = 20;

    @TempDir private Path state;
    private final Vertx vertx = Vertx.vertx();
    private KafkaBroker broker;

    @BeforeEach
    void findBroker() throws Exception {
        broker = Topics.sharedBroker();
    }

    @AfterEach
    void stopVertx() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private SinkDriver<KafkaSinkConfig> open(KafkaSinkConfig config) {
        SinkContext context =
                new SinkContext(vertx, new RepoName("web"), "out", state, Clock.systemUTC());
        return new SinkDriver<>(new KafkaSinkFactory(), config, context);
    }

    private List<String> markers(String topic) {
        return Topics.committed(broker, topic).stream()
                .map(each -> new JsonObject(new String(each.value(), UTF_8)).getString("marker"))
                .toList();
    }

    private static List<TestDelivery> deliveries(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> TestDelivery.of(i, RECORDS)).toList();
    }

    @Test
    void takesKeyPartitionAndTimeFromTheRecord() {
        String topic = Topics.create(broker, 3);
        try (var sink = open(Configs.keyed(broker, topic, "marker", "count"))) {
            assertThat(sink.deliver(TestDelivery.of(1, 3))).isEqualTo(Outcome.DELIVERED);
        }
        assertThat(Topics.committed(broker, topic))
                .extracting(each -> new String(each.key(), UTF_8) + "@" + each.partition())
                .containsExactlyInAnyOrder("1-0@0", "1-1@1", "1-2@2");
        assertThat(Topics.committed(broker, topic))
                .allMatch(each -> each.timestamp() == TestDelivery.ARRIVED_MS);
    }

    @Test
    void sendsTheValueOfOneFieldAsItIsAndNoneWhereThereIsNone() {
        String topic = Topics.create(broker, 1);
        List<String> texts = List.of("a", "", "{\"no\": 'json", "\u00e4");
        TestDelivery lines =
                TestDelivery.ofBatch(1, Encoding.TEXT, String.join("\n", texts).getBytes(UTF_8), 3);
        try (var sink = open(Configs.of(broker, topic, KafkaFormat.FIELD, false))) {
            assertThat(sink.deliver(lines)).isEqualTo(Outcome.DELIVERED);
            assertThat(sink.deliver(TestDelivery.of(2, 1))).isEqualTo(Outcome.DELIVERED);
        }
        assertThat(Topics.committed(broker, topic))
                .extracting(each -> each.value() == null ? "none" : new String(each.value(), UTF_8))
                .containsExactly("a", "{\"no\": 'json", "\u00e4", "none");
    }

    @Test
    void tellsRecordsThatTheTopicNeverTakesFromTheOthers() {
        String topic = Topics.create(broker, 3);
        String large = "x".repeat(20_000);
        try (var sink = open(Configs.keyed(broker, topic, "", "count"))) {
            // the record of index 3 is for a partition that does not exist
            Outcome outcome = sink.deliver(TestDelivery.of(7, List.of("a", large, "c", "d")));
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.PerRecord.class,
                            each -> {
                                assertThat(each.again().isEmpty()).isTrue();
                                assertThat(each.refused()).hasToString("{1, 3}");
                            });
            assertThat(sink.deliver(TestDelivery.of(8, List.of(large))))
                    .isInstanceOf(Outcome.Rejected.class);
        }
        assertThat(markers(topic)).containsExactlyInAnyOrder("7-0", "7-2");
    }

    @Test
    void namesTheKeyWhereTheBrokersTakeLessThanItAllows() {
        String topic = Topics.create(broker, 1);
        int over = KafkaBroker.MAX_RECORD_BYTES + 1;
        TestDelivery large = TestDelivery.of(1, List.of("x".repeat(over)));
        for (boolean exactlyOnce : new boolean[] {false, true}) {
            var config = Configs.ofSize(broker, topic, exactlyOnce, 2 * over);
            try (var sink = open(config)) {
                assertThat(sink.deliver(large))
                        .isInstanceOfSatisfying(
                                Outcome.Rejected.class,
                                each ->
                                        assertThat(each.why())
                                                .startsWith("max_record_bytes is over"));
            }
        }
        assertThat(markers(topic)).isEmpty();
    }

    /** Brokers refuse times that lie more than an hour ahead (message.timestamp.after.max.ms). */
    @Test
    void undoesATransactionThatOneRecordSpoilsAndTellsWhich() {
        String topic = Topics.create(broker, 1);
        long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        TestDelivery spoilt =
                TestDelivery.at(9, List.of(now, now + TimeUnit.DAYS.toNanos(300), now));
        try (var sink = open(Configs.of(broker, topic, KafkaFormat.JSON, true))) {
            assertThat(sink.deliver(spoilt))
                    .isInstanceOfSatisfying(
                            Outcome.PerRecord.class,
                            each -> {
                                assertThat(each.refused()).hasToString("{1}");
                                assertThat(each.again()).hasToString("{0, 2}");
                            });
            assertThat(markers(topic)).isEmpty();
            assertThat(sink.deliver(spoilt.part(0, 1))).isEqualTo(Outcome.DELIVERED);
            assertThat(sink.deliver(spoilt.part(1, 2))).isInstanceOf(Outcome.Rejected.class);
            assertThat(sink.deliver(spoilt.part(2, 3))).isEqualTo(Outcome.DELIVERED);
        }
        assertThat(markers(topic)).containsExactly("9-0", "9-2");
    }

    @Test
    void putsOffWhatGoesToATopicThatIsNotThere() {
        try (var sink = open(Configs.of(broker, "nowhere", KafkaFormat.JSON, false))) {
            long startNs = System.nanoTime();
            assertThat(sink.deliver(TestDelivery.of(1, RECORDS)))
                    .isInstanceOfSatisfying(
                            Outcome.Retry.class,
                            retry -> assertThat(retry.cause()).isEqualTo(Outcome.Cause.DOWN));
            // one wait, not one per record
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs))
                    .isLessThan(3 * ProducerSettings.MAX_BLOCK_MS);
        }
    }

    @Test
    void leavesNoSecondCopyOfWhatWasCommittedBeforeACrash() {
        String topic = Topics.create(broker, 2);
        KafkaSinkConfig config = Configs.of(broker, topic, KafkaFormat.JSON, true);
        // Left without a close between Kafka's commit and the cursor's, as by a crash.
        var crashed = open(config);
        crashed.deliverAll(deliveries(0, 5), 1);
        try (var next = open(config)) {
            assertThat(next.deliverAll(deliveries(0, 8), 1).delivered()).hasSize(8);
            assertThat(markers(topic)).hasSize(8 * RECORDS).doesNotHaveDuplicates();
        } finally {
            crashed.close();
        }
    }

    @Test
    void sendsWhatIsMissingOfARunThatComesInAnotherCut() {
        String topic = Topics.create(broker, 1);
        KafkaSinkConfig config = Configs.of(broker, topic, KafkaFormat.JSON, true);
        TestDelivery whole = TestDelivery.of(3, RECORDS);
        try (var sink = open(config)) {
            assertThat(sink.deliver(whole.part(5, 10))).isEqualTo(Outcome.DELIVERED);
        }
        try (var sink = open(config)) {
            assertThat(sink.deliver(whole)).isEqualTo(Outcome.DELIVERED);
            assertThat(sink.deliver(whole.part(0, 12))).isEqualTo(Outcome.DELIVERED);
        }
        assertThat(markers(topic))
                .hasSize(RECORDS)
                .containsExactlyInAnyOrderElementsOf(whole.markers());
    }

    @Test
    void offersARefusedRecordOfARunAgainWhenAPersonReplaysIt() {
        String topic = Topics.create(broker, 1);
        KafkaSinkConfig config = Configs.of(broker, topic, KafkaFormat.JSON, true);
        TestDelivery whole = TestDelivery.of(4, List.of("a", "b", "c"));
        try (var sink = open(config)) {
            sink.deliver(whole.part(0, 1));
            sink.deliver(whole.part(2, 3));
            sink.deliverAll(deliveries(5, 9), 1);
            assertThat(sink.deliver(whole.part(1, 2))).isEqualTo(Outcome.DELIVERED);
        }
        assertThat(markers(topic)).contains("4-0", "4-1", "4-2").doesNotHaveDuplicates();
    }

    @Test
    void fencesAZombie() {
        String topic = Topics.create(broker, 1);
        KafkaSinkConfig config = Configs.of(broker, topic, KafkaFormat.JSON, true);
        try (var zombie = open(config)) {
            zombie.deliverAll(deliveries(0, 2), 1);
            try (var successor = open(config)) {
                successor.deliverAll(deliveries(0, 3), 1);
                assertThat(zombie.deliver(TestDelivery.of(3, RECORDS)))
                        .isInstanceOfSatisfying(
                                Outcome.Retry.class,
                                retry -> assertThat(retry.why()).contains("fenced"));
                assertThat(markers(topic)).hasSize(3 * RECORDS).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void hidesATransactionThatWasNotCommitted() throws Exception {
        String topic = Topics.create(broker, 1);
        KafkaSinkConfig config = Configs.of(broker, topic, KafkaFormat.JSON, true);
        SinkContext context =
                new SinkContext(vertx, new RepoName("web"), "out", state, Clock.systemUTC());
        var producer = ProducerSettings.transactional(config, TaskIdentity.of(config, context));
        producer.initTransactions();
        producer.beginTransaction();
        TestDelivery half = TestDelivery.of(0, RECORDS);
        Cut cut = config.format().cutter(config).cut(half.lend(), RecordRanges.NONE, 0);
        new Sending(cut, RECORDS, () -> {}).send(producer);
        producer.flush();
        producer.close(java.time.Duration.ZERO);
        try (var next = open(config)) {
            assertThat(next.deliverAll(deliveries(0, 2), 1).delivered()).hasSize(2);
        }
        assertThat(markers(topic)).hasSize(2 * RECORDS).doesNotHaveDuplicates();
    }

    @Test
    void namesTheKeyOfAWrongConfiguration() {
        assertWrong("cluster", () -> KafkaSinkConfig.of("host:port", "t"));
        assertThatThrownBy(() -> open(KafkaSinkConfig.of("unknown", "t")))
                .hasStackTraceContaining("cluster: 'unknown' is not known");
        assertWrong("value_field", () -> of(KafkaFormat.FIELD, "", ""));
        assertWrong("value_field", () -> of(KafkaFormat.JSON, "message", ""));
        assertWrong("headers_field", () -> of(KafkaFormat.RAW, "", "kafka_headers"));
        assertWrong("topic", () -> KafkaSinkConfig.of("a:1", "no topic"));
        assertWrong("properties", () -> withProperty("acks", "0"));
        assertThatThrownBy(() -> open(withProperty("security.protocol", "nonsense")))
                .hasStackTraceContaining("properties: ");
        assertThatThrownBy(() -> open(KafkaSinkConfig.of("no.such.host.invalid:9092", "t")))
                .hasStackTraceContaining("cluster or properties: ");
        assertThat(withProperty("sasl.jaas.config", "a secret").toString())
                .doesNotContain("secret");
    }

    private static KafkaSinkConfig withProperty(String key, String value) {
        return of(KafkaFormat.JSON, "", "", Map.of(key, value));
    }

    private static KafkaSinkConfig of(KafkaFormat format, String valueField, String headersField) {
        return of(format, valueField, headersField, Map.of());
    }

    private static KafkaSinkConfig of(
            KafkaFormat format,
            String valueField,
            String headersField,
            Map<String, String> properties) {
        KafkaSinkConfig plain = KafkaSinkConfig.of("127.0.0.1:1", "t");
        return new KafkaSinkConfig(
                plain.cluster(),
                plain.topic(),
                format,
                valueField,
                "",
                "",
                headersField,
                plain.compression(),
                plain.acks(),
                plain.batchBytes(),
                plain.lingerMs(),
                plain.maxRecordBytes(),
                plain.timeoutMs(),
                false,
                "",
                properties);
    }

    private static void assertWrong(String key, Runnable making) {
        assertThatThrownBy(making::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + ": ");
    }
}
