package io.penstock.exporter.fanout;

import static io.penstock.exporter.fanout.TestNode.lines;
import static io.penstock.exporter.fanout.TestNode.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.deadletter.DeadLetterConfig;
import io.penstock.exporter.pressure.BackOff;
import io.penstock.exporter.pressure.BatchLimits;
import io.penstock.exporter.pressure.PressureConfig;
import io.penstock.exporter.pressure.RateConfig;
import io.penstock.exporter.pressure.Signal;
import io.penstock.exporter.sink.Capabilities;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.stage.RingConfig;
import io.penstock.model.AckLevel;
import io.penstock.suite.Alone;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits and rates with the whole data plane, in real time. */
@Alone
class PressureTest {
    private static final BatchLimits SMALL = new BatchLimits(100, 1 << 20, 0);
    private static final RingConfig ROOMY = new RingConfig(1 << 20, 4 << 20, 64 << 20, 300_000, 16);

    @TempDir Path root = Path.of("");
    private final ScriptedSink sink = new ScriptedSink();
    private @Nullable TestNode node;

    @AfterEach
    void stop() {
        if (node != null) {
            node.close();
        }
    }

    private TestNode node(Path directory, Export... exports) {
        TestNode started = new TestNode(directory, ROOMY, List.of(exports));
        node = started;
        return started;
    }

    private static ExportSpec spec(
            String name, BatchLimits batch, RateConfig rate, long timeoutMs) {
        return new ExportSpec(
                name,
                TestNode.WEB,
                new SinkSpec("scripted", Map.of()),
                List.of(),
                batch,
                4,
                PressureConfig.defaults(),
                rate,
                timeoutMs,
                BackOff.SINK_FAILURE,
                WhenFull.BLOCK,
                DeadLetterConfig.defaults());
    }

    /** Takes after so many milliseconds. */
    private static Future<Outcome> after(long ms) {
        Promise<Outcome> later = Promise.promise();
        Vertx.currentContext().owner().setTimer(ms, id -> later.complete(Outcome.DELIVERED));
        return later.future();
    }

    /** Deliveries per second of an export whose target takes 8 ms, four at a time. */
    private double healthyRate(Path directory, Export... others) {
        ScriptedSink healthy = new ScriptedSink();
        healthy.script = seen -> after(8);
        List<Export> exports = new ArrayList<>(List.of(others));
        exports.add(healthy.export(spec("healthy", SMALL, RateConfig.none(), 60_000)));
        try (TestNode fresh = node(directory, exports.toArray(Export[]::new))) {
            fresh.pushRange(0, 5_000, 100);
            long beginNs = System.nanoTime();
            int before = healthy.taken.size();
            fresh.pushRange(5_000, 45_000, 100);
            until(() -> healthy.taken.size() == 45_000);
            return (45_000 - before) / ((System.nanoTime() - beginNs) / 1e9);
        }
    }

    @Test
    void aStalledSinkLeavesAHealthyOneItsThroughput() {
        sink.script = seen -> sink.hangs();
        double best = 0;
        // A machine that is busy with something else may spoil a round, not all of them.
        for (int round = 0; round < 4 && best < 0.95; round++) {
            double alone = healthyRate(root.resolve("alone" + round));
            double beside =
                    healthyRate(
                            root.resolve("beside" + round),
                            sink.export(spec("stalled", SMALL, RateConfig.none(), 500)));
            best = Math.max(best, beside / alone);
            System.out.printf("healthy beside a stalled one: %.3f of alone%n", beside / alone);
        }
        assertThat(best).isGreaterThanOrEqualTo(0.95);
        assertThat(sink.offered).isNotEmpty();
    }

    @Test
    void takesLessFromWhoAsksForLessAndSaysSo() {
        sink.script =
                seen ->
                        sink.flying.get() > 2
                                ? Future.succeededFuture(
                                        new Outcome.Retry(
                                                Outcome.Retry.BACK_OFF,
                                                "HTTP 429",
                                                Outcome.Cause.BUSY))
                                : after(5);
        TestNode node = node(root, sink.export(spec("out", SMALL, RateConfig.none(), 60_000)));
        assertThat(node.push(AckLevel.STAGED, "first")).isNotNull();
        assertThat(node.stats("out").pressure().concurrencyLimit()).isEqualTo(4);
        node.pushRange(0, 20_000, 100);
        assertThat(node.settled("out").delivered()).isEqualTo(20_001);
        assertThat(node.stats("out").pressure().concurrencyLimit()).isLessThan(4);
        assertThat(node.stats("out").pressure().changes().get(Signal.BUSY)).isPositive();
        assertThat(node.stats("out").pressure().lastChange()).contains("concurrency");
    }

    @Test
    void aSinkWithAWindowOfItsOwnKeepsItsLimitWhateverTheTargetSays() {
        sink.capabilities = new Capabilities(true, false, false, true);
        Set<Long> refused = ConcurrentHashMap.newKeySet();
        sink.script =
                seen ->
                        sink.flying.get() > 2 && refused.add(seen.id().first())
                                ? Future.succeededFuture(
                                        new Outcome.Retry(
                                                Outcome.Retry.BACK_OFF,
                                                "a full queue",
                                                Outcome.Cause.BUSY))
                                : after(5);
        TestNode node = node(root, sink.export(spec("out", SMALL, RateConfig.none(), 60_000)));
        node.pushRange(0, 5_000, 100);
        assertThat(node.settled("out").delivered()).isEqualTo(5_000);
        assertThat(node.stats("out").pressure().concurrencyLimit()).isEqualTo(4);
        assertThat(refused).isNotEmpty();
    }

    @Test
    void isBackAtTheFullLimitAfterAnOutage() {
        AtomicBoolean down = new AtomicBoolean(true);
        sink.script =
                seen ->
                        down.get()
                                ? Future.succeededFuture(
                                        new Outcome.Retry(
                                                Outcome.Retry.BACK_OFF,
                                                "HTTP 503",
                                                Outcome.Cause.BUSY))
                                : after(5);
        TestNode node = node(root, sink.export(spec("out", SMALL, RateConfig.none(), 60_000)));
        node.pushRange(0, 10_000, 100);
        until(() -> sink.offered.size() > 10);
        assertThat(node.stats("out").pressure().concurrencyLimit()).isEqualTo(4);
        down.set(false);
        assertThat(node.settled("out").delivered()).isEqualTo(10_000);
        assertThat(sink.mostFlying).hasValue(4);
        assertThat(sink.taken).containsExactlyInAnyOrderElementsOf(lines(0, 10_000));
    }

    @Test
    void takesADeliveryInTwoStepsWhenTheLimitOfBytesIsHalved() {
        sink.script = seen -> sink.offered.size() == 1 ? sink.hangs() : ScriptedSink.takes(seen);
        BatchLimits one = new BatchLimits(10_000, 256 << 10, 0);
        TestNode node = node(root, sink.export(spec("out", one, RateConfig.none(), 200)));
        node.pushRange(0, 20_000, 50);
        assertThat(node.settled("out").delivered()).isEqualTo(20_000);
        assertThat(node.stats("out").pressure().changes().get(Signal.SLOW)).isPositive();
        assertThat(sink.taken).containsExactlyInAnyOrderElementsOf(lines(0, 20_000));
    }

    @Test
    void keepsToItsRateAndHoldsBackNobodyElse() {
        int rate = 2_000;
        List<long[]> offers = Collections.synchronizedList(new ArrayList<>());
        sink.script =
                seen -> {
                    offers.add(new long[] {System.nanoTime(), seen.texts().size()});
                    return ScriptedSink.takes(seen);
                };
        ScriptedSink free = new ScriptedSink();
        TestNode node =
                node(
                        root,
                        sink.export(spec("held", SMALL, new RateConfig(rate, 0), 60_000)),
                        free.export(spec("free", SMALL, RateConfig.none(), 60_000)));
        node.pushRange(0, 6_000, 50);
        node.settled("free");
        assertThat(sink.taken.size()).as("still held").isLessThan(6_000);
        assertThat(node.settled("held").delivered()).isEqualTo(6_000);
        assertThat(node.stats("held").pressure().rateHeldMs()).isGreaterThan(500);
        assertThat(node.stats("free").pressure().rateHeldMs()).isZero();
        for (int first = 0; first < offers.size(); first++) {
            long sum = 0;
            for (int last = first; last < offers.size(); last++) {
                sum += offers.get(last)[1];
                double seconds = (offers.get(last)[0] - offers.get(first)[0]) / 1e9;
                assertThat((double) sum).isLessThanOrEqualTo(rate * (seconds + 1.05) + 100);
            }
        }
        double seconds = (offers.get(offers.size() - 1)[0] - offers.get(0)[0]) / 1e9;
        assertThat(seconds).isBetween(1.9, 10.0);
    }

    @Test
    void keepsToItsRateOfBytes() {
        sink.script = ScriptedSink::takes;
        TestNode node =
                node(
                        root,
                        sink.export(
                                spec(
                                        "held",
                                        new BatchLimits(10_000, 1 << 20, 0),
                                        new RateConfig(0, 20_000),
                                        60_000)));
        node.pushRange(0, 4_000, 50);
        long beginNs = System.nanoTime();
        node.settled("held");
        // About 50,000 bytes: the first 20,000 at once.
        assertThat((System.nanoTime() - beginNs) / 1e9).isGreaterThan(0.9);
        assertThat(sink.offered).allSatisfy(d -> assertThat(d.texts()).hasSizeLessThan(2_500));
    }
}
