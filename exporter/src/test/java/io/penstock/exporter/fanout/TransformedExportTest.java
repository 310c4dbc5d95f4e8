package io.penstock.exporter.fanout;

import static io.penstock.exporter.fanout.TestNode.await;
import static io.penstock.exporter.fanout.TestNode.smallRing;
import static io.penstock.exporter.fanout.TestNode.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.deadletter.DeadLetter;
import io.penstock.exporter.deadletter.DeadLetterConfig;
import io.penstock.exporter.pressure.BackOff;
import io.penstock.exporter.pressure.BatchLimits;
import io.penstock.exporter.pressure.PressureConfig;
import io.penstock.exporter.pressure.RateConfig;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.stage.RingConfig;
import io.penstock.exporter.stage.TextOffer;
import io.penstock.exporter.text.Seed;
import io.penstock.exporter.transform.OnError;
import io.penstock.exporter.transform.ParseRule;
import io.penstock.exporter.transform.Steps;
import io.penstock.exporter.transform.TransformStep;
import io.penstock.model.AckLevel;
import io.penstock.model.Receipt;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transforms between ring and sink, and that the ledger balances whatever they drop. */
class TransformedExportTest {
    private static final BatchLimits AT_ONCE = new BatchLimits(10_000, 1 << 20, 0);
    private static final TransformStep EVEN = Steps.filter("message =~ '[02468]x*$'");

    @TempDir Path root = Path.of("");
    private final ScriptedSink sink = new ScriptedSink();
    private @Nullable TestNode node;

    @AfterEach
    void stop() {
        if (node != null) {
            node.close();
        }
    }

    private TestNode node(TransformStep... steps) {
        return node(smallRing(), AT_ONCE, WhenFull.BLOCK, steps);
    }

    private TestNode node(
            RingConfig ring, BatchLimits batch, WhenFull whenFull, TransformStep... steps) {
        stop();
        ExportSpec spec =
                new ExportSpec(
                        "out",
                        TestNode.WEB,
                        new SinkSpec("scripted", Map.of()),
                        List.of(steps),
                        batch,
                        3,
                        PressureConfig.defaults(),
                        RateConfig.none(),
                        60_000,
                        BackOff.SINK_FAILURE,
                        whenFull,
                        DeadLetterConfig.defaults());
        TestNode started = new TestNode(root, ring, List.of(sink.export(spec)));
        node = started;
        return started;
    }

    private static boolean isEven(String text) {
        return text.matches(".*[02468]x*$");
    }

    private static void assertRow(LedgerRow row, long delivered, long dead, long dropped) {
        assertThat(row)
                .extracting(LedgerRow::delivered, LedgerRow::deadLettered, LedgerRow::dropped)
                .containsExactly(delivered, dead, dropped);
    }

    @Test
    void whatAFilterDropsCountsAsDropped() {
        TestNode node = node(EVEN);
        node.pushRange(0, 100, 7);
        assertRow(node.settled("out"), 50, 0, 50);
        assertThat(sink.taken).hasSize(50).allMatch(TransformedExportTest::isEven);
    }

    @Test
    void aDeliveryOfWhichNothingPassesIsNotSent() {
        TestNode node = node(Steps.filter("message = 'nothing is'"));
        node.push(AckLevel.DELIVERED, "a", "b", "c");
        assertRow(node.settled("out"), 0, 0, 3);
        assertThat(sink.offered).isEmpty();
    }

    @Test
    void theSinkSeesTheRecordsAsTheyAreAfterTheSteps() {
        TestNode node =
                node(
                        Steps.add(Map.of("kind", "test", "gone", 1L)),
                        Steps.drop("gone"),
                        Steps.redact("\\d+", "#", "message"));
        node.push(AckLevel.DELIVERED, "order 66", "none");
        assertThat(sink.taken).containsExactly("order #", "none");
        assertRow(node.settled("out"), 2, 0, 0);
    }

    @Test
    void retriesGoUnderTheSameIdWithTheSameRecords() {
        sink.script = seen -> seen.attempt() < 3 ? ScriptedSink.retry() : ScriptedSink.takes(seen);
        TestNode node = node(EVEN);
        node.push(AckLevel.DELIVERED, "a 1", "a 2", "a 3", "a 4");
        assertThat(sink.offered).hasSize(4);
        assertThat(sink.offered)
                .allMatch(seen -> seen.texts().equals(List.of("a 2", "a 4")))
                .allMatch(seen -> seen.id().equals(sink.ids().get(0)));
        assertRow(node.settled("out"), 2, 0, 2);
    }

    @Test
    void bisectionFindsThePoisonAmongRecordsThatAreDropped() {
        sink.script =
                seen ->
                        seen.texts().contains("record 36")
                                ? ScriptedSink.rejects("36")
                                : ScriptedSink.takes(seen);
        TestNode node = node(EVEN);
        node.push(TestNode.WEB, AckLevel.DELIVERED, TestNode.lines(0, 100));
        assertRow(node.settled("out"), 49, 1, 50);
        assertThat(Letters.texts(node.letters("out"))).containsExactly("record 36");
        assertThat(sink.taken).hasSize(49).doesNotHaveDuplicates();
    }

    @Test
    void whatCannotBeParsedBecomesADeadLetterThatABetterRuleReplays() {
        TestNode first =
                node(Steps.parse(ParseRule.Format.JSON, "message", "", OnError.DEAD_LETTER));
        first.push(AckLevel.DELIVERED, "{\"a\":1}", "oops", "{\"a\":2}", "oops again");
        assertRow(first.settled("out"), 2, 2, 0);
        assertThat(Letters.texts(first.letters("out"))).containsExactly("oops", "oops again");
        assertThat(Letters.reasons(first.letters("out")))
                .containsOnly("parse: byte 1: expected '{'");
        long id = Letters.all(first.letters("out")).get(0).id();
        assertThat(await(first.fanOut.replay(TestNode.WEB, "out", id)))
                .contains(new Outcome.Rejected("parse: byte 1: expected '{'"));

        TestNode second =
                node(
                        Steps.filter("message !~ 'again'"),
                        Steps.parse(ParseRule.Format.JSON, "message", "", OnError.KEEP));
        second.push(AckLevel.DELIVERED, "{\"a\":3}");
        for (DeadLetter.Stored letter : Letters.all(second.letters("out"))) {
            assertThat(await(second.fanOut.replay(TestNode.WEB, "out", letter.id())))
                    .contains(Outcome.DELIVERED);
        }
        assertThat(sink.taken).contains("oops").doesNotContain("oops again");
        assertRow(second.settled("out"), 4, 0, 1);
    }

    @Test
    void aLetterOfManyRecordsIsReplayedThroughTheFilterExactly() {
        RingConfig tiny = new RingConfig(64 << 10, 64 << 10, 256 << 10, 300_000, 16);
        BatchLimits small = new BatchLimits(10_000, 8 << 10, 0);
        sink.script = seen -> ScriptedSink.retry();
        TestNode node = node(tiny, small, WhenFull.DEAD_LETTER, EVEN);
        for (int i = 0; i < 200; i += 4) {
            List<String> lines =
                    TestNode.lines(i, i + 4).stream().map(l -> l + "x".repeat(1900)).toList();
            until(
                    () ->
                            await(node.offer(TextOffer.of(TestNode.WEB, AckLevel.STAGED, lines)))
                                    instanceof Receipt);
        }
        sink.script = ScriptedSink::takes;
        LedgerRow before = node.settled("out");
        assertThat(before.deadLettered()).isGreaterThan(10);
        for (DeadLetter.Stored letter : Letters.all(node.letters("out"))) {
            assertThat(await(node.fanOut.replay(TestNode.WEB, "out", letter.id())))
                    .contains(Outcome.DELIVERED);
        }
        assertRow(node.settled("out"), 100, 0, 100);
        assertThat(sink.taken).hasSize(100).allMatch(TransformedExportTest::isEven);

        TestNode again = node(tiny, small, WhenFull.DEAD_LETTER, EVEN);
        again.push(AckLevel.DELIVERED, "record 2");
        assertRow(again.settled("out"), 101, 0, 100);
    }

    @Test
    void theLedgerBalancesWhateverTheTargetDoesAndThroughRestarts() {
        SplittableRandom random = Seed.random("TransformedExportTest");
        SplittableRandom luck = random.split();
        List<String> accepted = new ArrayList<>();
        int next = 0;
        TransformStep[] steps = {
            EVEN, Steps.parse(ParseRule.Format.REGEX, "message", "^(?<n>\\d+)", OnError.DEAD_LETTER)
        };
        BatchLimits small = new BatchLimits(40, 4_000, 1);
        sink.knowsRecords = true;
        sink.script = seen -> whatever(seen, luck);
        for (int life = 0; life < 4; life++) {
            TestNode node = node(smallRing(), small, WhenFull.BLOCK, steps);
            for (int step = 0; step < 40; step++) {
                List<String> lines = new ArrayList<>();
                for (int i = random.nextInt(1, 60); i > 0; i--) {
                    int kind = random.nextInt(20);
                    String what = kind == 0 ? " poison" : kind == 1 ? "faulty " : " well";
                    lines.add(kind == 1 ? what + ++next + " 2x" : ++next + what + " 2x");
                    lines.add("odd " + ++next + " 1");
                }
                accepted.addAll(lines);
                until(
                        () ->
                                await(
                                                node.offer(
                                                        TextOffer.of(
                                                                TestNode.WEB,
                                                                AckLevel.STAGED,
                                                                lines)))
                                        instanceof Receipt);
                assertThat(node.row("out").residue()).isZero();
            }
        }
        sink.script =
                seen -> isPoison(seen) ? ScriptedSink.rejects("no") : ScriptedSink.takes(seen);
        LedgerRow row = node(smallRing(), small, WhenFull.BLOCK, steps).settled("out");
        List<String> passing = accepted.stream().filter(text -> isEven(text)).toList();
        assertThat(row.accepted()).isEqualTo(accepted.size());
        assertThat(row.dropped()).isEqualTo(accepted.size() - passing.size());
        List<String> everywhere = new ArrayList<>(sink.taken);
        everywhere.addAll(Letters.texts(requireNode().letters("out")));
        assertThat(everywhere).containsExactlyInAnyOrderElementsOf(passing);
        long refused =
                passing.stream().filter(t -> t.contains("poison") || t.contains("faulty")).count();
        assertThat(row.deadLettered()).isPositive().isEqualTo(refused);
    }

    private TestNode requireNode() {
        assertThat(node).isNotNull();
        return Objects.requireNonNull(node);
    }

    private static boolean isPoison(ScriptedSink.Seen seen) {
        return seen.texts().stream().anyMatch(text -> text.contains("poison"));
    }

    private static synchronized Future<Outcome> whatever(
            ScriptedSink.Seen seen, SplittableRandom luck) {
        int choice = luck.nextInt(10);
        if (choice < 3) {
            return ScriptedSink.retry();
        } else if (choice < 6) {
            return ScriptedSink.oneByOne(
                    seen, text -> luck.nextInt(3) == 0, text -> text.contains("poison"), "poison");
        } else if (choice == 6) {
            return Future.failedFuture("luck");
        }
        return isPoison(seen) ? ScriptedSink.rejects("poison") : ScriptedSink.takes(seen);
    }
}
