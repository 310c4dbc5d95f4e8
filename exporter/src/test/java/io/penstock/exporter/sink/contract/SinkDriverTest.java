package io.penstock.exporter.sink.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.sink.Capabilities;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.SinkFactory;
import io.penstock.model.RepoName;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver of the contract test understands a target that answers record by record. */
class SinkDriverTest {

    /** No keys. */
    record NoKeys() {}

    @TempDir Path directory = Path.of("");
    private final Vertx vertx = Vertx.vertx();
    private final List<String> bodies = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private SinkDriver<NoKeys> driver(Function<Delivery, Outcome> target) {
        SinkFactory<NoKeys> factory =
                new SinkFactory<>() {
                    @Override
                    public String type() {
                        return "bulk";
                    }

                    @Override
                    public Class<NoKeys> configType() {
                        return NoKeys.class;
                    }

                    @Override
                    public Capabilities capabilities(NoKeys config) {
                        return new Capabilities(true, false, false);
                    }

                    @Override
                    public Sink create(NoKeys config, SinkContext context) {
                        return bulk(target);
                    }
                };
        return new SinkDriver<>(
                factory,
                new NoKeys(),
                new SinkContext(vertx, new RepoName("repo"), "e", directory, Clock.systemUTC()));
    }

    private Sink bulk(Function<Delivery, Outcome> target) {
        return new Sink() {
            @Override
            public Future<Outcome> deliver(Delivery delivery) {
                WriteBuffer body = new WriteBuffer(0);
                delivery.readRaw(
                        (encoding, records, bytes, offset, length) ->
                                body.put(bytes, offset, length));
                bodies.add(new String(body.toByteArray(), StandardCharsets.UTF_8));
                return Future.succeededFuture(target.apply(delivery));
            }

            @Override
            public Future<Void> close() {
                return Future.succeededFuture();
            }
        };
    }

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        for (int each : set) {
            bits.set(each);
        }
        return bits;
    }

    private static List<String> markers(List<TestDelivery> deliveries) {
        return deliveries.stream().flatMap(each -> each.markers().stream()).toList();
    }

    @Test
    void sortsRecordsByWhatTheTargetSaysOfEach() {
        try (var driver =
                driver(
                        delivery ->
                                delivery.records() == 6
                                        ? new Outcome.PerRecord(bits(1, 2), bits(4), -1, "mixed")
                                        : Outcome.DELIVERED)) {
            var tally = driver.deliverAll(List.of(TestDelivery.ofLines(7, 6)), 1);
            assertThat(markers(tally.delivered()))
                    .containsExactlyInAnyOrder("7-0", "7-1", "7-2", "7-3", "7-5");
            assertThat(markers(tally.rejected())).containsExactly("7-4");
            assertThat(tally.retries()).isEqualTo(1);
            assertThat(bodies.get(1))
                    .isEqualTo(
                            "{\"marker\":\"7-1\",\"count\":1}\n{\"marker\":\"7-2\",\"count\":2}\n");
        }
    }

    @Test
    void refusesNumbersOfRecordsThatAreNotThere() {
        try (var driver = driver(delivery -> new Outcome.PerRecord(bits(9), bits(), -1, "wrong"))) {
            assertThatThrownBy(() -> driver.deliverAll(List.of(TestDelivery.of(1, 2)), 1))
                    .hasMessageContaining("no such records");
        }
    }
}
