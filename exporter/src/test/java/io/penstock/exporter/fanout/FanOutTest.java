package io.penstock.exporter.fanout;

import static io.penstock.exporter.fanout.TestNode.lines;
import static io.penstock.exporter.fanout.TestNode.smallRing;
import static io.penstock.exporter.fanout.TestNode.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.pressure.BatchLimits;
import io.penstock.exporter.pressure.PressureConfig;
import io.penstock.exporter.pressure.RateConfig;
import io.penstock.exporter.sink.Capabilities;
import io.penstock.exporter.sink.Outcome;
import io.penstock.model.AckLevel;
import io.penstock.model.DeliveryId;
import io.penstock.model.RepoName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FanOutTest {
    private static final BatchLimits AT_ONCE = new BatchLimits(10_000, 1 << 20, 0);

    @TempDir Path root = Path.of("");
    private final ScriptedSink sink = new ScriptedSink();
    private @Nullable TestNode node;

    @AfterEach
    void stop() {
        if (node != null) {
            node.close();
        }
    }

    private TestNode node(Export... exports) {
        TestNode started = new TestNode(root, smallRing(), List.of(exports));
        node = started;
        return started;
    }

    private TestNode node(BatchLimits batch, int concurrency) {
        return node(sink.export(TestNode.spec("out", batch, concurrency)));
    }

    @Test
    void deliversEveryRecordOnceAndInOrder() {
        sink.capabilities = new Capabilities(true, true, false);
        TestNode node = node(AT_ONCE, 8);
        node.pushRange(0, 5_000, 7);
        assertThat(node.settled("out").delivered()).isEqualTo(5_000);
        assertThat(sink.taken).isEqualTo(lines(0, 5_000));
        assertThat(sink.mostFlying).hasValue(1);
    }

    @Test
    void waitsForMoreUntilTheDeliveryIsOldEnough() {
        TestNode node = node(new BatchLimits(10_000, 1 << 20, 150), 1);
        for (int i = 0; i < 5; i++) {
            node.push(AckLevel.STAGED, "record " + i);
        }
        node.settled("out");
        assertThat(sink.offered).hasSize(1);
        assertThat(sink.taken).isEqualTo(lines(0, 5));
    }

    @Test
    void sendsBeforeItsTimeWhatIsLargeEnough() {
        TestNode node = node(new BatchLimits(10_000, 10_000, 3_600_000), 1);
        node.pushRange(0, 5_000, 10);
        until(() -> sink.taken.size() > 3_000);
        assertThat(sink.offered).allSatisfy(d -> assertThat(d.texts()).hasSizeGreaterThan(100));
    }

    @Test
    void slicesABatchThatIsLargerThanADelivery() {
        TestNode node = node(new BatchLimits(100, 1 << 20, 0), 3);
        node.push(TestNode.WEB, AckLevel.STAGED, lines(0, 1_000));
        node.settled("out");
        assertThat(sink.offered).hasSize(10);
        assertThat(sink.taken).containsExactlyInAnyOrderElementsOf(lines(0, 1_000));
        assertThat(sink.ids().stream().map(id -> id.toRecord() - id.fromRecord()))
                .containsOnly(100);
    }

    @Test
    void keepsNoMoreInFlightThanConcurrency() {
        sink.script = seen -> sink.hangs();
        TestNode node = node(new BatchLimits(10, 1 << 20, 0), 3);
        node.pushRange(0, 1_000, 10);
        until(() -> sink.pending.size() == 3);
        assertThat(node.stats("out").inFlight()).isEqualTo(3);
        sink.script = ScriptedSink::takes;
        sink.pending.forEach(p -> p.complete(Outcome.DELIVERED));
        node.settled("out");
        assertThat(sink.mostFlying).hasValue(3);
    }

    @Test
    void offersTheSameDeliveryUnderTheSameIdUntilItIsTaken() {
        AtomicInteger refusals = new AtomicInteger(5);
        sink.script =
                seen ->
                        refusals.getAndDecrement() > 0
                                ? ScriptedSink.retry()
                                : ScriptedSink.takes(seen);
        TestNode node = node(AT_ONCE, 4);
        node.push(AckLevel.DELIVERED, "a", "b");
        assertThat(Set.copyOf(sink.ids())).hasSize(1);
        assertThat(sink.offered.stream().map(ScriptedSink.Seen::attempt))
                .containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(node.stats("out"))
                .extracting(ExportStats::attempts, ExportStats::failures, ExportStats::lastError)
                .containsExactly(6L, 5L, "not now");
    }

    @Test
    void obeysTheTargetsRetryAfter() {
        AtomicInteger offers = new AtomicInteger();
        List<Long> times = new ArrayList<>();
        sink.script =
                seen -> {
                    times.add(System.nanoTime());
                    return offers.getAndIncrement() == 0
                            ? Future.succeededFuture(new Outcome.Retry(200, "slow down"))
                            : ScriptedSink.takes(seen);
                };
        node(AT_ONCE, 1).push(AckLevel.DELIVERED, "a");
        assertThat(TimeUnit.NANOSECONDS.toMillis(times.get(1) - times.get(0)))
                .isGreaterThanOrEqualTo(199);
    }

    @Test
    void treatsAThrowingSinkAsOneThatFailsForNow() {
        AtomicInteger offers = new AtomicInteger();
        sink.script =
                seen ->
                        switch (offers.getAndIncrement()) {
                            case 0 -> throw new IllegalStateException("a bug");
                            case 1 -> Future.failedFuture("broken pipe");
                            default -> ScriptedSink.takes(seen);
                        };
        TestNode node = node(AT_ONCE, 1);
        node.push(AckLevel.DELIVERED, "a");
        assertThat(sink.offered).hasSize(3);
        assertThat(node.stats("out").failures()).isEqualTo(2);
    }

    @Test
    void triesAgainWhenTheSinkCannotBeMade() {
        sink.creationFailures.set(3);
        TestNode node = node(AT_ONCE, 1);
        node.push(AckLevel.DELIVERED, "a");
        assertThat(node.stats("out").lastError()).contains("url: cannot be reached");
    }

    @Test
    void givesUpOnASinkThatNeverAnswersAndIgnoresItsLateAnswer() {
        AtomicInteger offers = new AtomicInteger();
        sink.script =
                seen -> offers.getAndIncrement() == 0 ? sink.hangs() : ScriptedSink.takes(seen);
        ExportSpec patient = TestNode.spec("out", AT_ONCE, 1);
        ExportSpec hasty =
                new ExportSpec(
                        patient.name(),
                        patient.repo(),
                        patient.sink(),
                        patient.transforms(),
                        patient.batch(),
                        1,
                        PressureConfig.defaults(),
                        RateConfig.none(),
                        50,
                        patient.backOff(),
                        patient.whenFull(),
                        patient.deadLetters());
        TestNode node = node(sink.export(hasty));
        node.push(AckLevel.DELIVERED, "a");
        assertThat(Set.copyOf(sink.ids())).hasSize(1);
        assertThat(sink.offered).hasSize(2);
        sink.pending.get(0).complete(Outcome.DELIVERED);
        node.push(AckLevel.DELIVERED, "b");
        assertThat(node.settled("out").delivered()).isEqualTo(2);
    }

    @Test
    void bisectsDownToThePoisonAndDeliversTheRest() {
        Set<String> poison = Set.of("record 3", "record 500", "record 501", "record 999");
        sink.script =
                seen ->
                        seen.texts().stream().anyMatch(poison::contains)
                                ? ScriptedSink.rejects("field missing")
                                : ScriptedSink.takes(seen);
        TestNode node = node(AT_ONCE, 4);
        node.push(TestNode.WEB, AckLevel.DELIVERED, lines(0, 1_000));
        LedgerRow row = node.settled("out");
        assertThat(row.deadLettered()).isEqualTo(4);
        assertThat(row.delivered()).isEqualTo(996);
        List<String> healthy = new ArrayList<>(lines(0, 1_000));
        healthy.removeAll(poison);
        assertThat(sink.taken).containsExactlyInAnyOrderElementsOf(healthy);
        assertThat(new HashSet<>(sink.ids())).hasSameSizeAs(sink.ids());
        assertThat(Letters.texts(node.letters("out"))).containsExactlyInAnyOrderElementsOf(poison);
        assertThat(Letters.reasons(node.letters("out"))).containsOnly("field missing");
    }

    @Test
    void runsABlockingSinkOnAWorker() {
        sink.capabilities = new Capabilities(true, false, true);
        TestNode node = node(AT_ONCE, 2);
        node.push(AckLevel.DELIVERED, "a");
        assertThat(sink.offered.get(0).thread()).contains("worker");
    }

    @Test
    void aStalledSinkHoldsBackNobodyElse() throws InterruptedException {
        ScriptedSink stalled = new ScriptedSink();
        stalled.script = seen -> stalled.hangs();
        ScriptedSink blocked = new ScriptedSink();
        blocked.capabilities = new Capabilities(false, false, true);
        CountDownLatch release = new CountDownLatch(1);
        blocked.script =
                seen -> {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return ScriptedSink.takes(seen);
                };
        TestNode node =
                node(
                        sink.export(TestNode.spec("well", AT_ONCE, 4)),
                        stalled.export(TestNode.spec("stalled", AT_ONCE, 4)),
                        blocked.export(TestNode.spec("blocked", AT_ONCE, 4)));
        node.pushRange(0, 3_000, 10);
        assertThat(node.settled("well").delivered()).isEqualTo(3_000);
        assertThat(node.row("stalled").delivered()).isZero();
        assertThat(node.row("stalled").residue()).isZero();
        release.countDown();
        stalled.script = ScriptedSink::takes;
        stalled.pending.forEach(p -> p.complete(Outcome.DELIVERED));
        assertThat(node.settled("blocked").delivered()).isEqualTo(3_000);
        assertThat(node.settled("stalled").delivered()).isEqualTo(3_000);
    }

    @Test
    void offersWhatWasOpenUnderTheSameIdsAfterARestart() {
        sink.script = seen -> sink.hangs();
        TestNode first = node(new BatchLimits(50, 1 << 20, 0), 4);
        first.pushRange(0, 1_000, 25);
        until(() -> sink.pending.size() == 4);
        Set<DeliveryId> open = Set.copyOf(sink.ids());
        first.close();
        sink.offered.clear();
        sink.script = ScriptedSink::takes;
        TestNode second = node(new BatchLimits(50, 1 << 20, 0), 4);
        assertThat(second.settled("out").delivered()).isEqualTo(1_000);
        assertThat(sink.ids().subList(0, 4)).containsExactlyInAnyOrderElementsOf(open);
        assertThat(sink.offered.subList(0, 4))
                .allSatisfy(s -> assertThat(s.attempt()).isPositive());
        assertThat(sink.taken).containsExactlyInAnyOrderElementsOf(lines(0, 1_000));
    }

    @Test
    void pausesAndResumes() {
        TestNode node = node(AT_ONCE, 2);
        node.push(AckLevel.DELIVERED, "a");
        assertThat(node.fanOut.pause(TestNode.WEB, "out")).isTrue();
        until(() -> node.stats("out").state() == ExportState.PAUSED);
        node.push(AckLevel.STAGED, "b");
        assertThat(node.row("out").staged()).isEqualTo(1);
        assertThat(node.stats("out").lagRecords()).isEqualTo(1);
        assertThat(node.fanOut.resume(TestNode.WEB, "out")).isTrue();
        assertThat(node.settled("out").delivered()).isEqualTo(2);
        assertThat(node.fanOut.pause(TestNode.WEB, "other")).isFalse();
        until(() -> node.stats("out").oldestAgeMs() == 0);
    }

    @Test
    void exportsReposApartFromOneAnother() {
        TestNode node = node(AT_ONCE, 2);
        RepoName api = new RepoName("api");
        node.push(AckLevel.DELIVERED, "a");
        node.push(api, AckLevel.DELIVERED, List.of("b"));
        assertThat(node.fanOut.stats()).hasSize(2);
        assertThat(sink.ids().stream().map(DeliveryId::repo))
                .containsExactlyInAnyOrder(TestNode.WEB, api);
    }

    @Test
    void closesTheSinkWhenItStops() {
        TestNode node = node(AT_ONCE, 2);
        node.push(AckLevel.DELIVERED, "a");
        node.close();
        assertThat(sink.closed).hasValue(1);
    }

    @Test
    void answersLateCompletionsOfAStoppedNodeWithNothing() {
        sink.script = seen -> sink.hangs();
        TestNode node = node(AT_ONCE, 1);
        node.push(AckLevel.STAGED, "a");
        until(() -> sink.pending.size() == 1);
        node.close();
        Promise<Outcome> late = sink.pending.get(0);
        late.complete(Outcome.DELIVERED);
        assertThat(sink.taken).containsExactly("a");
    }
}
