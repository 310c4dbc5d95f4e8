package io.penstock.exporter.fanout;

import static io.penstock.exporter.fanout.TestNode.await;
import static io.penstock.exporter.fanout.TestNode.smallRing;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.deadletter.DeadLetter;
import io.penstock.exporter.pressure.BatchLimits;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.stage.TextOffer;
import io.penstock.model.AckLevel;
import io.penstock.model.Receipt;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A target that does everything a target can do, restarts in between, and one law: at every moment
 * accepted = delivered + staged + parked + dead-lettered + dropped, and in the end every record is
 * in exactly one place.
 */
class LedgerModelTest {
    @TempDir Path root = Path.of("");

    private final long seed = Long.getLong("penstock.seed", new SplittableRandom().nextLong());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final ScriptedSink sink = new ScriptedSink();
    private final Set<String> accepted = new HashSet<>();
    private final Set<String> droppedByPerson = new HashSet<>();
    private int next;

    @Test
    void everyRecordIsInExactlyOnePlaceWhateverTheTargetDoes() throws IOException {
        live(this::whatever);
    }

    @Test
    void everyRecordIsInExactlyOnePlaceWhateverTheTargetSaysOfEachRecord() throws IOException {
        sink.knowsRecords = true;
        live(seen -> luck(seen, 1).nextInt(3) > 0 ? recordByRecord(seen) : whatever(seen));
        assertThat(sink.oneByOne).as("seed %d", seed).hasPositiveValue();
    }

    private void live(Function<ScriptedSink.Seen, Future<Outcome>> script) throws IOException {
        System.out.println("penstock.seed=" + seed);
        sink.script = script;
        for (int life = 0; life < 4; life++) {
            try (TestNode node = node()) {
                for (int step = 0; step < 60; step++) {
                    step(node);
                }
            }
        }
        // no poison any more: what was settled of a run in bisection must not come again
        sink.script = ScriptedSink::takes;
        try (TestNode node = node()) {
            node.push(AckLevel.DELIVERED, record());
            LedgerRow row = node.settled("out");
            assertThat(row.accepted()).as("seed %d", seed).isEqualTo(accepted.size());
            Set<String> dead = Set.copyOf(Letters.texts(node.letters("out")));
            assertThat(row.deadLettered()).isEqualTo(dead.size());
            assertThat(row.dropped()).isEqualTo(droppedByPerson.size());
            List<String> everywhere = new ArrayList<>(sink.taken);
            everywhere.addAll(dead);
            everywhere.addAll(droppedByPerson);
            assertThat(everywhere).as("seed %d", seed).doesNotHaveDuplicates();
            assertThat(everywhere).containsExactlyInAnyOrderElementsOf(accepted);
        }
    }

    private TestNode node() {
        ExportSpec spec = TestNode.spec("out", new BatchLimits(40, 4_000, 1), 3);
        return new TestNode(root, smallRing(), List.of(sink.export(spec)));
    }

    private void step(TestNode node) throws IOException {
        int choice = random.nextInt(10);
        if (choice < 7) {
            push(node);
        } else if (choice == 7 && node.registry.find(TestNode.WEB).isPresent()) {
            assertThat(node.row("out").residue()).as("seed %d", seed).isZero();
        } else if (node.fanOut.deadLetters(TestNode.WEB, "out").isPresent()) {
            oneLetter(node);
        }
    }

    private void push(TestNode node) {
        List<String> lines = new ArrayList<>();
        int size = random.nextInt(10) == 0 ? 200 : random.nextInt(1, 20);
        for (int i = 0; i < size; i++) {
            lines.add(record());
        }
        Object answer = await(node.offer(TextOffer.of(TestNode.WEB, AckLevel.STAGED, lines)));
        if (!(answer instanceof Receipt)) {
            accepted.removeAll(lines);
        }
    }

    private String record() {
        String record = "record " + next++;
        accepted.add(record);
        return record;
    }

    private void oneLetter(TestNode node) throws IOException {
        List<DeadLetter.Stored> letters = Letters.all(node.letters("out"));
        if (letters.isEmpty()) {
            return;
        }
        DeadLetter.Stored letter = letters.get(random.nextInt(letters.size()));
        if (random.nextBoolean()) {
            await(node.fanOut.replay(TestNode.WEB, "out", letter.id()));
        } else if (node.letters("out").dropped(letter.id())) {
            new String(letter.letter().content().body(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .forEach(droppedByPerson::add);
        }
    }

    private static boolean isPoison(ScriptedSink.Seen seen) {
        return seen.texts().stream().anyMatch(LedgerModelTest::isPoison);
    }

    private static boolean isPoison(String text) {
        return text.hashCode() % 40 == 0;
    }

    private SplittableRandom luck(ScriptedSink.Seen seen, int salt) {
        return new SplittableRandom(
                seed ^ seen.hashCode() ^ sink.offered.size() ^ (long) salt << 40);
    }

    /** Poison is refused; of the rest some are put off: none, a few, most or all. */
    private Future<Outcome> recordByRecord(ScriptedSink.Seen seen) {
        SplittableRandom luck = luck(seen, 2);
        int share = luck.nextInt(4);
        return ScriptedSink.oneByOne(
                seen,
                text -> luck.nextInt(4) < share || share == 3,
                LedgerModelTest::isPoison,
                "one by one");
    }

    /** Poison is a property of the record; everything else is luck. */
    private Future<Outcome> whatever(ScriptedSink.Seen seen) {
        SplittableRandom luck = luck(seen, 0);
        int choice = luck.nextInt(20);
        if (choice < 3) {
            return ScriptedSink.retry();
        } else if (choice == 3) {
            throw new IllegalStateException("luck");
        } else if (choice == 4) {
            return Future.failedFuture("luck");
        } else if (isPoison(seen)) {
            return ScriptedSink.rejects("poison");
        } else if (choice < 10) {
            Promise<Outcome> later = Promise.promise();
            Thread thread = new Thread(() -> later.complete(Outcome.DELIVERED));
            thread.start();
            return later.future();
        }
        return ScriptedSink.takes(seen);
    }
}
