package io.penstock.exporter.source.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.fanout.BoundSink;
import io.penstock.exporter.kafka.KafkaBroker;
import io.penstock.exporter.kafka.SecuredBroker;
import io.penstock.exporter.kafka.Topics;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.contract.SinkDriver;
import io.penstock.exporter.sink.contract.TestDelivery;
import io.penstock.exporter.sink.kafka.KafkaAcks;
import io.penstock.exporter.sink.kafka.KafkaCompression;
import io.penstock.exporter.sink.kafka.KafkaFormat;
import io.penstock.exporter.sink.kafka.KafkaSinkConfig;
import io.penstock.exporter.sink.kafka.KafkaSinkFactory;
import io.penstock.model.AckLevel;
import io.penstock.model.RepoName;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Source and sink against a broker behind SASL_SSL, with a certificate of its own making. */
class SecuredKafkaTest {
    private static final int RECORDS = 500;

    private static KafkaBroker broker;
    @TempDir private static Path home;
    @TempDir private Path root;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = SecuredBroker.start(home);
    }

    @AfterAll
    static void stopBroker() {
        // it was not started where this machine has none
        KafkaBroker started = broker;
        if (started != null) {
            started.close();
        }
    }

    private static KafkaSinkConfig sink(
            String topic, boolean exactlyOnce, Map<String, String> properties) {
        return new KafkaSinkConfig(
                broker.bootstrapServers(),
                topic,
                KafkaFormat.JSON,
                "",
                "",
                "",
                "",
                KafkaCompression.LZ4,
                KafkaAcks.ALL,
                256 << 10,
                0,
                1_000_000,
                5_000,
                exactlyOnce,
                "",
                properties);
    }

    @Test
    void recordsGoInAndOutWithThePassword() {
        String from = Topics.create(broker, 2);
        String to = Topics.create(broker, 1);
        Topics.write(broker, Numbered.records(from, 2, 0, RECORDS, 100));
        var sink =
                new BoundSink<>(new KafkaSinkFactory(), sink(to, true, broker.clientProperties()));
        try (SourceNode node = new SourceNode(root, SourceNode.ROOMY, broker, sink)) {
            node.source(SourceNode.config(from, "g", AckLevel.STAGED));
            node.settled(RECORDS);
        }
        List<JsonObject> arrived =
                Topics.committed(broker, to).stream()
                        .map(each -> new JsonObject(new String(each.value(), UTF_8)))
                        .toList();
        assertThat(Numbered.numbers(arrived))
                .containsExactlyInAnyOrderElementsOf(Numbered.all(RECORDS));
    }

    @Test
    void theSinkNamesTheKeyOfAWrongPassword() throws Exception {
        for (boolean exactlyOnce : new boolean[] {false, true}) {
            assertThat(whyPutOff(exactlyOnce, SecuredBroker.withWrongPassword(broker)))
                    .startsWith("properties.sasl.jaas.config is refused by the brokers");
        }
    }

    @Test
    void theSinkNamesTheKeysOfACertificateThatItDoesNotTrust() throws Exception {
        for (boolean exactlyOnce : new boolean[] {false, true}) {
            assertThat(whyPutOff(exactlyOnce, SecuredBroker.withoutTruststore(broker)))
                    .startsWith("properties.ssl.* (security.protocol, the truststore");
        }
    }

    private String whyPutOff(boolean exactlyOnce, Map<String, String> properties) throws Exception {
        Vertx vertx = Vertx.vertx();
        SinkContext context =
                new SinkContext(vertx, new RepoName("web"), "out", root, Clock.systemUTC());
        try (var sink =
                new SinkDriver<>(
                        new KafkaSinkFactory(), sink("any", exactlyOnce, properties), context)) {
            Outcome outcome = sink.deliver(TestDelivery.of(1, 3));
            assertThat(outcome).isInstanceOf(Outcome.Retry.class);
            return ((Outcome.Retry) outcome).why();
        } finally {
            vertx.close().await(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void theSourceNamesTheKeyOfAWrongPassword() {
        var cluster = SourceNode.cluster(broker, SecuredBroker.withWrongPassword(broker));
        var sink = SourceNode.gated(new GatedSink());
        try (SourceNode node = new SourceNode(root, SourceNode.ROOMY, cluster, sink)) {
            KafkaSource source = node.source(SourceNode.config("any", "g", AckLevel.STAGED));
            SourceNode.until(
                    () ->
                            source.stats()
                                    .trouble()
                                    .startsWith("properties.sasl.jaas.config is refused"));
        }
    }
}
