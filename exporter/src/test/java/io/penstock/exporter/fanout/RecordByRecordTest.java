package io.penstock.exporter.fanout;

import static io.penstock.exporter.fanout.TestNode.lines;
import static io.penstock.exporter.fanout.TestNode.smallRing;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.deadletter.DeadLetter;
import io.penstock.exporter.pressure.BatchLimits;
import io.penstock.exporter.pressure.Signal;
import io.penstock.exporter.sink.Outcome;
import io.penstock.model.AckLevel;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target that answers for each record. */
class RecordByRecordTest {
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

    private TestNode node() {
        TestNode started =
                new TestNode(
                        root, smallRing(), List.of(sink.export(TestNode.spec("out", AT_ONCE, 1))));
        node = started;
        return started;
    }

    private static Set<String> records(int... numbers) {
        Set<String> texts = new java.util.HashSet<>();
        for (int number : numbers) {
            texts.add("record " + number);
        }
        return texts;
    }

    @Test
    void offersAgainAloneAndInFewPiecesWhatIsPutOff() {
        Set<String> late = records(2, 3, 4, 7, 9);
        sink.script =
                seen ->
                        sink.offered.size() == 1
                                ? ScriptedSink.oneByOne(
                                        seen, late::contains, text -> false, "too many")
                                : ScriptedSink.takes(seen);
        TestNode node = node();
        node.push(TestNode.WEB, AckLevel.DELIVERED, lines(0, 10));
        assertThat(node.settled("out").delivered()).isEqualTo(10);
        assertThat(sink.offered.stream().map(ScriptedSink.Seen::texts))
                .containsExactly(lines(0, 10), lines(2, 5), lines(7, 8), lines(9, 10));
        assertThat(sink.ids().stream().map(id -> id.fromRecord() + "-" + id.toRecord()))
                .containsExactly("0-10", "2-5", "7-8", "9-10");
        assertThat(sink.ids().stream().map(id -> id.first()))
                .containsOnly(sink.ids().get(0).first());
        assertThat(sink.taken).containsExactlyInAnyOrderElementsOf(lines(0, 10));
        assertThat(node.stats("out").failures()).isEqualTo(1);
        assertThat(node.stats("out").lastError()).isEqualTo("too many");
    }

    @Test
    void offersAgainUnderTheSameIdWhenAllIsPutOff() {
        sink.script =
                seen ->
                        sink.offered.size() < 4
                                ? ScriptedSink.oneByOne(seen, text -> true, text -> false, "later")
                                : ScriptedSink.takes(seen);
        TestNode node = node();
        node.push(TestNode.WEB, AckLevel.DELIVERED, lines(0, 10));
        assertThat(Set.copyOf(sink.ids())).hasSize(1);
        assertThat(sink.offered.stream().map(ScriptedSink.Seen::attempt))
                .containsExactly(0, 1, 2, 3);
    }

    @Test
    void makesADeadLetterOfEachRecordThatIsRefused() throws IOException {
        Set<String> poison = records(0, 1, 500, 998);
        sink.script =
                seen ->
                        ScriptedSink.oneByOne(
                                seen, text -> false, poison::contains, "field missing");
        TestNode node = node();
        node.pushRange(0, 1_000, 50);
        LedgerRow row = node.settled("out");
        assertThat(row.delivered()).isEqualTo(996);
        assertThat(row.deadLettered()).isEqualTo(4);
        assertThat(Letters.texts(node.letters("out"))).containsExactlyInAnyOrderElementsOf(poison);
        assertThat(Letters.reasons(node.letters("out"))).containsOnly("field missing");
        assertThat(Letters.all(node.letters("out")))
                .extracting(DeadLetter.Stored::letter)
                .allMatch(l -> l.records() == 1)
                .allMatch(l -> l.delivery().toRecord() - l.delivery().fromRecord() == 1);
        assertThat(node.stats("out").failures()).isZero();
    }

    @Test
    void cutsManyRefusedRecordsOutOfOneBatch() throws IOException {
        sink.script =
                seen -> ScriptedSink.oneByOne(seen, text -> false, text -> true, "no such index");
        TestNode node = node();
        node.push(TestNode.WEB, AckLevel.DELIVERED, lines(0, 3_000));
        assertThat(node.settled("out").deadLettered()).isEqualTo(3_000);
        assertThat(Letters.texts(node.letters("out"))).isEqualTo(lines(0, 3_000));
    }

    @Test
    void settlesAllThreeFatesOfOneAnswer() throws IOException {
        Set<String> poison = records(5, 6);
        Set<String> late = records(0, 7);
        sink.script =
                seen ->
                        ScriptedSink.oneByOne(
                                seen,
                                text -> sink.offered.size() == 1 && late.contains(text),
                                poison::contains,
                                "mixed");
        TestNode node = node();
        node.push(TestNode.WEB, AckLevel.DELIVERED, lines(0, 10));
        LedgerRow row = node.settled("out");
        assertThat(row.delivered()).isEqualTo(8);
        assertThat(row.deadLettered()).isEqualTo(2);
        List<String> all = new ArrayList<>(sink.taken);
        all.addAll(Letters.texts(node.letters("out")));
        assertThat(all).containsExactlyInAnyOrderElementsOf(lines(0, 10));
    }

    @Test
    void waitsAsLongAsTheTargetWishes() {
        List<Long> times = new ArrayList<>();
        AtomicInteger offers = new AtomicInteger();
        BitSet first = new BitSet();
        first.set(0);
        sink.script =
                seen -> {
                    times.add(System.nanoTime());
                    return offers.getAndIncrement() > 0
                            ? ScriptedSink.takes(seen)
                            : Future.succeededFuture(
                                    new Outcome.PerRecord(first, new BitSet(), 200, "slow down"));
                };
        node().push(AckLevel.DELIVERED, "a", "b");
        assertThat(TimeUnit.NANOSECONDS.toMillis(times.get(1) - times.get(0)))
                .isGreaterThanOrEqualTo(199);
    }

    @Test
    void offersAllAgainWhenASinkAnswersForRecordsItWasNotGiven() {
        BitSet wrong = new BitSet();
        wrong.set(3);
        sink.script =
                seen ->
                        sink.offered.size() == 1
                                ? Future.succeededFuture(
                                        new Outcome.PerRecord(wrong, new BitSet(), -1, "?"))
                                : sink.offered.size() == 2
                                        ? Future.succeededFuture(
                                                new Outcome.PerRecord(bits(0), bits(0), -1, "both"))
                                        : ScriptedSink.takes(seen);
        TestNode node = node();
        node.push(AckLevel.DELIVERED, "a", "b");
        assertThat(node.settled("out").delivered()).isEqualTo(2);
        assertThat(Set.copyOf(sink.ids())).hasSize(1);
        assertThat(node.stats("out").failures()).isEqualTo(2);
        assertThat(node.stats("out").lastError()).startsWith("the sink failed");
    }

    @Test
    void recordsThatAreTooManyPressOnTheLimitsAndFailedOnesDoNot() {
        assertThat(changesOfConcurrency(Outcome.Cause.BUSY).get(Signal.BUSY)).isPositive();
        assertThat(changesOfConcurrency(Outcome.Cause.SLOW).get(Signal.SLOW)).isPositive();
        assertThat(changesOfConcurrency(Outcome.Cause.FAULT).values()).containsOnly(0L);
        assertThat(changesOfConcurrency(Outcome.Cause.DOWN).values()).containsOnly(0L);
    }

    /** What moved the limits when one record of a delivery was put off for a cause. */
    private Map<Signal, Long> changesOfConcurrency(Outcome.Cause cause) {
        sink.offered.clear();
        sink.script =
                seen ->
                        sink.offered.size() == 1
                                ? Future.succeededFuture(
                                        new Outcome.PerRecord(
                                                bits(1), bits(), -1, "one of them", cause))
                                : ScriptedSink.takes(seen);
        ExportSpec spec = TestNode.spec("out", AT_ONCE, 4);
        try (TestNode own =
                new TestNode(root.resolve(cause.name()), smallRing(), List.of(sink.export(spec)))) {
            own.push(AckLevel.DELIVERED, "a", "b", "c");
            assertThat(sink.taken).endsWith("b");
            return own.stats("out").pressure().changes();
        }
    }

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        for (int each : set) {
            bits.set(each);
        }
        return bits;
    }
}
