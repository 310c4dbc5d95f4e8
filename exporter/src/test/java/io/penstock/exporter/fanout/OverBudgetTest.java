package io.penstock.exporter.fanout;

import static io.penstock.exporter.fanout.TestNode.await;
import static io.penstock.exporter.fanout.TestNode.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.deadletter.DeadLetterConfig;
import io.penstock.exporter.pressure.BackOff;
import io.penstock.exporter.pressure.BatchLimits;
import io.penstock.exporter.pressure.PressureConfig;
import io.penstock.exporter.pressure.RateConfig;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.stage.Refusal;
import io.penstock.exporter.stage.RingConfig;
import io.penstock.exporter.stage.TextOffer;
import io.penstock.model.AckLevel;
import io.penstock.model.Receipt;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverBudgetTest {
    private static final RingConfig TINY =
            new RingConfig(64 << 10, 64 << 10, 256 << 10, 300_000, 16);
    private static final BatchLimits AT_ONCE = new BatchLimits(10_000, 8 << 10, 0);
    private static final String FILL = "x".repeat(4_000);

    @TempDir Path root = Path.of("");
    private final ScriptedSink sink = new ScriptedSink();
    private @Nullable TestNode node;

    @AfterEach
    void stop() {
        if (node != null) {
            node.close();
        }
    }

    private TestNode node(WhenFull whenFull, long timeoutMs, Export... others) {
        List<Export> exports = new ArrayList<>(List.of(others));
        exports.add(
                sink.export(
                        new ExportSpec(
                                "out",
                                TestNode.WEB,
                                new SinkSpec("scripted", java.util.Map.of()),
                                List.of(),
                                AT_ONCE,
                                2,
                                PressureConfig.defaults(),
                                RateConfig.none(),
                                timeoutMs,
                                BackOff.SINK_FAILURE,
                                whenFull,
                                DeadLetterConfig.defaults())));
        TestNode started = new TestNode(root, TINY, exports);
        node = started;
        return started;
    }

    private Object push(TestNode node, int i) {
        return await(
                node.offer(
                        TextOffer.of(
                                TestNode.WEB, AckLevel.STAGED, List.of("record " + i + FILL))));
    }

    /** Pushes so many records, each until it is taken. */
    private void pushAll(TestNode node, int count) {
        for (int i = 0; i < count; i++) {
            int number = i;
            until(() -> push(node, number) instanceof Receipt);
        }
    }

    @Test
    void blockRefusesNewBatchesUntilTheSinkCatchesUp() {
        sink.script = seen -> ScriptedSink.retry();
        TestNode node = node(WhenFull.BLOCK, 60_000);
        int staged = 0;
        Object answer = push(node, staged);
        while (answer instanceof Receipt) {
            staged++;
            answer = push(node, staged);
        }
        assertThat(answer).isInstanceOf(Refusal.Full.class);
        assertThat(((Refusal.Full) answer).retryAfterMs()).isPositive();
        assertThat(staged).isGreaterThan(20);
        sink.script = ScriptedSink::takes;
        int next = staged;
        until(() -> push(node, next) instanceof Receipt);
        assertThat(node.settled("out").delivered()).isEqualTo(staged + 1L);
    }

    @Test
    void dropOldestKeepsTakingWhileTheSinkFailsAndCountsWhatItDrops() {
        sink.script = seen -> ScriptedSink.retry();
        ScriptedSink well = new ScriptedSink();
        TestNode node =
                node(WhenFull.DROP_OLDEST, 60_000, well.export(TestNode.spec("well", AT_ONCE, 2)));
        pushAll(node, 200);
        assertThat(node.settled("well").delivered()).isEqualTo(200);
        LedgerRow failing = node.row("out");
        assertThat(failing.residue()).isZero();
        assertThat(failing.dropped()).isPositive();
        assertThat(failing.delivered()).isZero();
        sink.script = ScriptedSink::takes;
        LedgerRow row = node.settled("out");
        assertThat(row.delivered() + row.dropped()).isEqualTo(200);
        assertThat(sink.taken).contains("record 199" + FILL).doesNotContain("record 0" + FILL);
    }

    @Test
    void givesUpWhatWaitsForALongRetryWithoutWaiting() {
        sink.script =
                seen -> Future.succeededFuture(new Outcome.Retry(3_600_000, "come back tomorrow"));
        TestNode node = node(WhenFull.DROP_OLDEST, 60_000);
        pushAll(node, 150);
        until(() -> node.row("out").dropped() > 50);
        assertThat(node.row("out").residue()).isZero();
        assertThat(sink.offered).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void deadLetterKeepsWhatItGivesUp() {
        sink.script = seen -> ScriptedSink.retry();
        TestNode node = node(WhenFull.DEAD_LETTER, 60_000);
        pushAll(node, 200);
        assertThat(node.row("out").residue()).isZero();
        sink.script = ScriptedSink::takes;
        LedgerRow row = node.settled("out");
        assertThat(row.deadLettered()).isPositive();
        assertThat(row.delivered() + row.deadLettered()).isEqualTo(200);
        List<String> all = new ArrayList<>(sink.taken);
        all.addAll(Letters.texts(node.letters("out")));
        assertThat(all).hasSize(200).doesNotHaveDuplicates();
        assertThat(Letters.reasons(node.letters("out")))
                .containsOnly("the ring's disk budget is spent");
    }

    @Test
    void givesUpADeliveryThatHangsOnlyAfterItsTimeOut() {
        sink.script = seen -> sink.hangs();
        TestNode node = node(WhenFull.DROP_OLDEST, 300);
        pushAll(node, 150);
        assertThat(sink.offered).hasSizeGreaterThanOrEqualTo(2);
        sink.script = ScriptedSink::takes;
        sink.pending.forEach(p -> p.complete(Outcome.DELIVERED));
        LedgerRow row = node.settled("out");
        assertThat(row.dropped()).isPositive();
        assertThat(row.delivered() + row.dropped()).isEqualTo(150);
    }
}
