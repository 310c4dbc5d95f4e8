package io.penstock.exporter.fanout;

import static io.penstock.exporter.fanout.TestNode.await;
import static io.penstock.exporter.fanout.TestNode.smallRing;
import static io.penstock.exporter.fanout.TestNode.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.deadletter.DeadLetter;
import io.penstock.exporter.deadletter.DeadLetterConfig;
import io.penstock.exporter.pressure.BatchLimits;
import io.penstock.exporter.pressure.PressureConfig;
import io.penstock.exporter.pressure.RateConfig;
import io.penstock.exporter.sink.Outcome;
import io.penstock.model.AckLevel;
import io.penstock.model.DeliveryId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterReplayTest {
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

    private TestNode node(long letterBytes) {
        ExportSpec spec = TestNode.spec("out", AT_ONCE, 2);
        ExportSpec bounded =
                new ExportSpec(
                        spec.name(),
                        spec.repo(),
                        spec.sink(),
                        spec.transforms(),
                        spec.batch(),
                        spec.concurrency(),
                        PressureConfig.defaults(),
                        RateConfig.none(),
                        spec.timeoutMs(),
                        spec.backOff(),
                        spec.whenFull(),
                        new DeadLetterConfig(letterBytes));
        TestNode started = new TestNode(root, smallRing(), List.of(sink.export(bounded)));
        node = started;
        return started;
    }

    private void rejectBad() {
        sink.script =
                seen ->
                        seen.texts().stream().anyMatch(t -> t.startsWith("bad"))
                                ? ScriptedSink.rejects("bad")
                                : ScriptedSink.takes(seen);
    }

    @Test
    void aReplayedLetterMovesFromDeadLetteredToDelivered() {
        rejectBad();
        TestNode node = node(1 << 20);
        node.push(AckLevel.DELIVERED, "a", "bad 1", "b", "bad 2", "bad 3");
        assertThat(node.settled("out").deadLettered()).isEqualTo(3);
        DeadLetter.Stored letter = Letters.all(node.letters("out")).get(1);
        sink.script = ScriptedSink::takes;
        assertThat(await(node.fanOut.replay(TestNode.WEB, "out", letter.id())))
                .contains(Outcome.DELIVERED);
        LedgerRow row = node.settled("out");
        assertThat(row.deadLettered()).isEqualTo(2);
        assertThat(row.delivered()).isEqualTo(3);
        assertThat(sink.taken).contains("bad 2").doesNotContain("bad 1", "bad 3");
        DeliveryId last = sink.ids().get(sink.ids().size() - 1);
        assertThat(last).isEqualTo(letter.letter().delivery());
        assertThat(await(node.fanOut.replay(TestNode.WEB, "out", letter.id()))).isEmpty();
    }

    @Test
    void aLetterThatIsRejectedAgainStays() {
        rejectBad();
        TestNode node = node(1 << 20);
        node.push(AckLevel.DELIVERED, "bad");
        long id = Letters.all(node.letters("out")).get(0).id();
        assertThat(await(node.fanOut.replay(TestNode.WEB, "out", id)))
                .containsInstanceOf(Outcome.Rejected.class);
        assertThat(node.settled("out").deadLettered()).isEqualTo(1);
        assertThat(Letters.texts(node.letters("out"))).containsExactly("bad");
    }

    @Test
    void aDroppedLetterMovesFromDeadLetteredToDropped() throws IOException {
        rejectBad();
        TestNode node = node(1 << 20);
        node.push(AckLevel.DELIVERED, "bad 1", "bad 2", "ok");
        node.letters("out").dropped(Letters.all(node.letters("out")).get(0).id());
        LedgerRow row = node.settled("out");
        assertThat(row)
                .extracting(LedgerRow::delivered, LedgerRow::deadLettered, LedgerRow::dropped)
                .containsExactly(1L, 1L, 1L);
        node.close();
        TestNode again = node(1 << 20);
        again.push(AckLevel.DELIVERED, "more");
        assertThat(again.settled("out"))
                .extracting(LedgerRow::delivered, LedgerRow::deadLettered, LedgerRow::dropped)
                .containsExactly(2L, 1L, 1L);
    }

    @Test
    void waitsForAPersonWhenDeadLettersHaveNoRoom() throws IOException {
        rejectBad();
        TestNode node = node(DeadLetterConfig.MIN_BYTES);
        int pushed = 0;
        while (node.fanOut.stats(TestNode.WEB, "out").isEmpty()
                || node.stats("out").state() != ExportState.DEAD_LETTERS_FULL) {
            node.push(AckLevel.STAGED, "bad " + "x".repeat(200));
            pushed++;
        }
        assertThat(node.letters("out").heldLetters()).isPositive().isLessThan(pushed);
        assertThat(node.row("out").residue()).isZero();
        long dropped = 0;
        while (dropped < pushed) {
            until(() -> node.letters("out").heldLetters() > 0);
            for (DeadLetter.Stored letter : Letters.all(node.letters("out"))) {
                dropped += node.letters("out").dropped(letter.id()) ? 1 : 0;
            }
        }
        assertThat(node.settled("out").dropped()).isEqualTo(pushed);
    }

    @Test
    void replaysNothingForAnExportThatDoesNotRun() {
        TestNode node = node(1 << 20);
        assertThat(await(node.fanOut.replay(TestNode.WEB, "other", 1))).isEmpty();
    }
}
