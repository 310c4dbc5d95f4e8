package io.penstock.exporter.fanout;

import static io.penstock.exporter.fanout.TestNode.WEB;
import static io.penstock.exporter.fanout.TestNode.await;
import static io.penstock.exporter.fanout.TestNode.lines;
import static io.penstock.exporter.fanout.TestNode.smallRing;
import static io.penstock.exporter.fanout.TestNode.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.pressure.BatchLimits;
import io.penstock.exporter.ring.Beginning;
import io.penstock.exporter.sink.Outcome;
import io.penstock.model.AckLevel;
import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports that are changed, paused and forgotten while they run. */
class ChangeTest {
    private static final BatchLimits AT_ONCE = new BatchLimits(10_000, 1 << 20, 0);
    private static final int CHANGES = 20;
    private static final int PUSHED_PER_CHANGE = 500;

    /** All of it fits in the ring, even where nothing is delivered: no push may be refused. */
    private static final int MOST_PUSHED = 30_000;

    private static final long SEED =
            Long.getLong("penstock.seed", new Random().nextLong(1, 1_000_000));

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

    private Export out(BatchLimits batch, int concurrency) {
        return sink.export(TestNode.spec("out", batch, concurrency));
    }

    private static Export beginning(Export export, Beginning beginning) {
        return new Export(export.spec(), export.sink(), beginning, false);
    }

    @Test
    void changesUnderLoadLoseNothingDoubleNothingAndRefuseNoPush() {
        System.out.println("ChangeTest: -Dpenstock.seed=" + SEED);
        Random random = new Random(SEED);
        AtomicInteger answers = new AtomicInteger();
        sink.script =
                seen ->
                        answers.incrementAndGet() % 7 == 0
                                ? ScriptedSink.retry()
                                : ScriptedSink.takes(seen);
        TestNode node = node(out(AT_ONCE, 4));
        int pushed = 10;
        node.pushRange(0, pushed, 10);
        for (int change = 0; change < CHANGES; change++) {
            BatchLimits batch = new BatchLimits(1 + random.nextInt(200), 1 << 20, 0);
            Export other = out(batch, 1 + random.nextInt(8));
            Future<Void> changed = node.fanOut.change(node.stage(), other);
            int until = pushed + PUSHED_PER_CHANGE;
            while (pushed < until || (!changed.isComplete() && pushed < MOST_PUSHED)) {
                node.pushRange(pushed, pushed + 10, 10); // each must be answered with a receipt
                pushed += 10;
            }
            await(changed);
        }
        assertThat(node.settled("out").delivered()).isEqualTo(pushed);
        assertThat(sink.taken).containsExactlyInAnyOrderElementsOf(lines(0, pushed));
        assertThat(sink.closed).hasValue(CHANGES);
    }

    @Test
    void aChangeWaitsForWhatIsWithTheSinkAndStartsNothingMore() {
        sink.script = seen -> sink.hangs();
        TestNode node = node(out(new BatchLimits(10, 1 << 20, 0), 2));
        node.pushRange(0, 100, 10);
        until(() -> sink.pending.size() == 2);
        Future<Void> change = node.fanOut.change(node.stage(), out(AT_ONCE, 1));
        sink.script = ScriptedSink::takes;
        sink.pending.get(0).complete(Outcome.DELIVERED);
        sink.pending.get(1).complete(Outcome.DELIVERED);
        await(change);
        node.settled("out");
        assertThat(sink.taken).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void aSinkThatCannotBeMadeLeavesTheOldOneRunning() {
        TestNode node = node(out(AT_ONCE, 4));
        node.push(AckLevel.DELIVERED, "a");
        sink.creationFailures.set(1);
        Export other = out(new BatchLimits(1, 1 << 20, 0), 1);
        assertThatThrownBy(() -> await(node.fanOut.change(node.stage(), other)))
                .hasMessageContaining("url: cannot be reached");
        assertThat(node.fanOut.running(WEB, "out").orElseThrow().spec().batch()).isEqualTo(AT_ONCE);
        node.push(AckLevel.DELIVERED, "b");
        assertThat(sink.taken).containsExactly("a", "b");
    }

    @Test
    void aFirstSinkThatCannotBeMadeLeavesNothingRunning() {
        TestNode node = node();
        node.push(AckLevel.STAGED, "a");
        sink.creationFailures.set(1);
        assertThatThrownBy(() -> await(node.fanOut.change(node.stage(), out(AT_ONCE, 1))))
                .hasMessageContaining("url: cannot be reached");
        assertThat(node.fanOut.running(WEB, "out")).isEmpty();
        assertThat(node.stage().ring().cursors()).containsExactly("out");
        await(node.fanOut.forget(node.stage(), "out"));
        assertThat(node.stage().ring().cursors()).isEmpty();
    }

    @Test
    void aNewExportBeginsWhereItIsTold() {
        TestNode node = node(out(AT_ONCE, 1));
        node.push(AckLevel.DELIVERED, "old");
        ScriptedSink all = new ScriptedSink();
        ScriptedSink fresh = new ScriptedSink();
        await(
                node.fanOut.change(
                        node.stage(),
                        beginning(all.export(TestNode.spec("all", AT_ONCE, 1)), Beginning.OLDEST)));
        await(
                node.fanOut.change(
                        node.stage(),
                        beginning(
                                fresh.export(TestNode.spec("new", AT_ONCE, 1)), Beginning.NEWEST)));
        node.push(AckLevel.DELIVERED, "new");
        node.settled("all");
        node.settled("new");
        assertThat(all.taken).containsExactly("old", "new");
        assertThat(fresh.taken).containsExactly("new");
    }

    @Test
    void whatIsNotToldWhereToBeginGetsAllAsTheFirstAndTheNewAsAnyOther() {
        TestNode node = node();
        node.push(AckLevel.STAGED, "old");
        await(node.fanOut.change(node.stage(), out(AT_ONCE, 1)));
        node.settled("out");
        ScriptedSink second = new ScriptedSink();
        await(node.fanOut.change(node.stage(), second.export(TestNode.spec("b", AT_ONCE, 1))));
        node.push(AckLevel.DELIVERED, "new");
        assertThat(sink.taken).containsExactly("old", "new");
        assertThat(second.taken).containsExactly("new");
        node.settled("b");
    }

    @Test
    void theFirstExportOfARepoMayLeaveOutWhatIsThere() {
        TestNode node = node();
        node.push(AckLevel.STAGED, "old");
        await(node.fanOut.change(node.stage(), beginning(out(AT_ONCE, 1), Beginning.NEWEST)));
        node.push(AckLevel.DELIVERED, "new");
        assertThat(sink.taken).containsExactly("new");
        node.settled("out");
    }

    @Test
    void anExportThatIsPausedStaysSoWhenItIsChanged() {
        TestNode node = node(out(AT_ONCE, 1).paused(true));
        node.push(AckLevel.STAGED, "a");
        until(() -> node.stats("out").state() == ExportState.PAUSED);
        await(node.fanOut.change(node.stage(), out(AT_ONCE, 2).paused(true)));
        until(() -> node.stats("out").state() == ExportState.PAUSED);
        assertThat(sink.offered).isEmpty();
        node.fanOut.resume(WEB, "out");
        node.settled("out");
        assertThat(sink.taken).containsExactly("a");
    }

    @Test
    void whatIsForgottenLeavesNoDeadLetters() {
        sink.script = seen -> ScriptedSink.rejects("never");
        TestNode node = node(out(AT_ONCE, 1));
        node.push(AckLevel.DELIVERED, "a");
        Path letters = node.directories.deadLettersOf(WEB, "out");
        assertThat(letters).isNotEmptyDirectory();
        await(node.fanOut.forget(node.stage(), "out"));
        assertThat(Files.exists(letters)).isFalse();
        sink.script = ScriptedSink::takes;
        await(node.fanOut.change(node.stage(), out(AT_ONCE, 1)));
        assertThat(node.settled("out").deadLettered()).isZero();
    }

    @Test
    void aRepoIsNotClosedUnderAChange() {
        sink.script = seen -> sink.hangs();
        TestNode node = node(out(AT_ONCE, 1));
        node.push(AckLevel.STAGED, "a");
        until(() -> sink.pending.size() == 1);
        Future<Void> change = node.fanOut.change(node.stage(), out(AT_ONCE, 2));
        Future<Void> close = node.registry.close(WEB);
        sink.pending.get(0).complete(Outcome.DELIVERED);
        await(change);
        await(close);
        assertThat(node.fanOut.running(WEB, "out")).isEmpty();
        assertThat(sink.taken).containsExactly("a");
    }
}
