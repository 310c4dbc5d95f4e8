package io.penstock.exporter.fanout;

import static io.penstock.exporter.fanout.TestNode.lines;
import static io.penstock.exporter.fanout.TestNode.smallRing;
import static io.penstock.exporter.fanout.TestNode.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.pressure.BatchLimits;
import io.penstock.exporter.sink.Outcome;
import io.penstock.model.DeliveryId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that dies while a run is settled in part. A kill is a copy of the files, made on the
 * export's own thread between two of its steps: what it wrote to its mappings is in the copy, what
 * it knew is not.
 */
class SettlementKillTest {
    @TempDir Path root = Path.of("");

    private final ScriptedSink sink = new ScriptedSink();

    /** The files of the process that was killed last. */
    private Path home = Path.of("");

    private int kills;
    private volatile boolean killed;

    private TestNode node(BatchLimits batch, int concurrency) {
        killed = false;
        return new TestNode(
                home, smallRing(), List.of(sink.export(TestNode.spec("out", batch, concurrency))));
    }

    /** From here on nothing that the running process does is seen by anyone. */
    private Future<Outcome> kill() {
        killed = true;
        Path copy = root.resolve("after-kill-" + ++kills);
        copy(home, copy);
        home = copy;
        return sink.hangs();
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.sorted().toList()) {
                if (!String.valueOf(file.getFileName()).endsWith(".tmp")) {
                    Path target = to.resolve(from.relativize(file));
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(target);
                    } else {
                        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> offeredRanges(int fromOffer) {
        return sink.ids().stream()
                .skip(fromOffer)
                .map(id -> id.fromRecord() + "-" + id.toRecord())
                .toList();
    }

    private static boolean has(ScriptedSink.Seen seen, String text) {
        return seen.texts().contains(text);
    }

    /** Pushes while the target takes nothing, then lets it do what the script says. */
    private void feed(
            TestNode node, int records, Function<ScriptedSink.Seen, Future<Outcome>> then) {
        sink.script = seen -> ScriptedSink.retry();
        node.pushRange(0, records, records);
        until(() -> sink.flying.get() == 0 && !sink.offered.isEmpty());
        sink.script = then;
    }

    private static final BatchLimits ONE_RUN = new BatchLimits(10_000, 1 << 20, 0);

    @Test
    void theHalvesThatWereDeliveredAreNotOfferedAgainAndTheRestKeepsItsIds() throws IOException {
        home = root.resolve("first");
        try (TestNode node = node(ONE_RUN, 1)) {
            feed(
                    node,
                    8,
                    seen ->
                            has(seen, "record 6") && !(seen.id().fromRecord() == 6)
                                    ? ScriptedSink.rejects("poison")
                                    : seen.id().fromRecord() == 6
                                            ? kill()
                                            : ScriptedSink.takes(seen));
            until(() -> killed);
        }
        // 0-8 refused, 0-4 taken, 4-8 refused, 4-6 taken, 6-8 in flight
        assertThat(sink.taken).isEqualTo(lines(0, 6));
        int before = sink.offered.size();
        sink.script = ScriptedSink::takes;
        try (TestNode node = node(ONE_RUN, 1)) {
            node.pushRange(8, 9, 1);
            assertThat(node.settled("out").delivered()).isEqualTo(9);
        }
        assertThat(offeredRanges(before)).containsExactly("6-8", "0-1");
        assertThat(sink.ids().get(before)).isEqualTo(sink.ids().get(before - 1));
        assertThat(sink.taken).isEqualTo(lines(0, 9));
    }

    @Test
    void recordsTakenOneByOneAreNotOfferedAgain() throws IOException {
        home = root.resolve("first");
        Set<String> late = Set.of("record 2", "record 3", "record 7");
        try (TestNode node = node(ONE_RUN, 1)) {
            feed(
                    node,
                    10,
                    seen ->
                            seen.texts().size() == 10
                                    ? ScriptedSink.oneByOne(
                                            seen, late::contains, "record 5"::equals, "busy")
                                    : kill());
            until(() -> killed);
        }
        int before = sink.offered.size();
        sink.script = ScriptedSink::takes;
        try (TestNode node = node(ONE_RUN, 1)) {
            node.pushRange(10, 11, 1);
            // the refused one had no letter yet
            assertThat(node.settled("out").delivered()).isEqualTo(11);
            assertThat(Letters.texts(node.letters("out"))).isEmpty();
        }
        assertThat(offeredRanges(before)).containsExactly("2-4", "5-6", "7-8", "0-1");
        assertThat(sink.taken).containsExactlyInAnyOrderElementsOf(lines(0, 11));
    }

    @Test
    void aRecordWhoseLetterIsKeptIsNotOfferedAgain() throws IOException {
        home = root.resolve("first");
        Path first = home;
        try (TestNode node = node(ONE_RUN, 1)) {
            feed(
                    node,
                    4,
                    seen -> {
                        if (seen.texts().equals(lines(3, 4))) {
                            kill();
                        }
                        return has(seen, "record 3")
                                ? ScriptedSink.rejects("poison")
                                : ScriptedSink.takes(seen);
                    });
            assertThat(node.settled("out").deadLettered()).isEqualTo(1);
        }
        // killed after the letter was kept and before the run was noted to be without the record
        copy(first.resolve("repos/web/dlq/out"), home.resolve("repos/web/dlq/out"));
        int before = sink.offered.size();
        sink.script = ScriptedSink::takes;
        try (TestNode node = node(ONE_RUN, 1)) {
            node.pushRange(4, 5, 1);
            LedgerRow row = node.settled("out");
            assertThat(row.delivered()).isEqualTo(4);
            assertThat(row.deadLettered()).isEqualTo(1);
            assertThat(Letters.texts(node.letters("out"))).isEqualTo(lines(3, 4));
        }
        assertThat(offeredRanges(before)).containsExactly("0-1");
    }

    @Test
    void aRunInTooManyPiecesIsOfferedAsItWasNotedLast() throws IOException {
        home = root.resolve("first");
        try (TestNode node = node(ONE_RUN, 1)) {
            feed(
                    node,
                    1_000,
                    seen -> {
                        if (seen.texts().size() == 1_000) {
                            return ScriptedSink.rejects("too large");
                        }
                        return seen.texts().size() == 1
                                ? kill()
                                : ScriptedSink.oneByOne(
                                        seen, text -> text.hashCode() % 2 == 0, t -> false, "busy");
                    });
            until(() -> killed);
        }
        int before = sink.offered.size();
        sink.script = ScriptedSink::takes;
        try (TestNode node = node(ONE_RUN, 1)) {
            node.pushRange(1_000, 1_001, 1);
            assertThat(node.settled("out").delivered()).isEqualTo(1_001);
        }
        assertThat(offeredRanges(before)).containsExactly("0-500", "500-1000", "0-1");
    }

    // Random splits and kills

    private final long seed = Long.getLong("penstock.seed", new SplittableRandom().nextLong());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final List<String> got = new ArrayList<>();
    private final Set<DeliveryId> known = new HashSet<>();

    @Test
    void whateverIsRejectedAndWheneverTheProcessDiesEachRecordIsInOnePlace() throws IOException {
        live(false);
    }

    @Test
    void whateverIsPutOffOneByOneAndWheneverTheProcessDiesEachRecordIsInOnePlace()
            throws IOException {
        live(true);
    }

    private void live(boolean oneByOne) throws IOException {
        System.out.println("penstock.seed=" + seed);
        for (int round = 0; round < 6; round++) {
            home = root.resolve("round-" + round);
            got.clear();
            known.clear();
            sink.offered.clear();
            int records = random.nextInt(2, 250);
            // one by one a target that does not know records has to be killed between deliveries
            int concurrency = oneByOne ? 1 : 3;
            BatchLimits batch = new BatchLimits(random.nextInt(1, 300), 1 << 20, 0);
            sink.script = seen -> ScriptedSink.retry();
            try (TestNode node = node(batch, concurrency)) {
                node.pushRange(0, records, random.nextInt(1, 250));
                sink.script = target(oneByOne, records);
                until(() -> killed || isSettled(node));
            }
            for (int life = 0; life < 3; life++) {
                sink.script = target(oneByOne, records);
                try (TestNode node = node(batch, concurrency)) {
                    until(() -> killed || isSettled(node));
                }
            }
            assertEachInOnePlace(batch, records);
        }
        assertThat(kills).as("seed %d", seed).isPositive();
    }

    /** A repo that was drained when its process ended is not opened again. */
    private static boolean isSettled(TestNode node) {
        if (node.registry.find(TestNode.WEB).isEmpty()) {
            return true;
        }
        LedgerRow row = node.row("out");
        return row.staged() + row.parked() == 0;
    }

    private void assertEachInOnePlace(BatchLimits batch, int records) throws IOException {
        sink.script = this::takes;
        try (TestNode node = node(batch, 3)) {
            node.pushRange(records, records + 1, 1);
            LedgerRow row = node.settled("out");
            List<String> dead = Letters.texts(node.letters("out"));
            assertThat(row.accepted()).as("seed %d", seed).isEqualTo(records + 1);
            assertThat(row.deadLettered()).as("seed %d", seed).isEqualTo(dead.size());
            List<String> everywhere = new ArrayList<>(got);
            everywhere.addAll(dead);
            assertThat(everywhere).as("seed %d", seed).doesNotHaveDuplicates();
            assertThat(everywhere).containsExactlyInAnyOrderElementsOf(lines(0, records + 1));
        }
    }

    /** A target of one life: it knows deliveries by their ids, and no records. */
    private Function<ScriptedSink.Seen, Future<Outcome>> target(boolean oneByOne, int records) {
        Set<String> poison = new HashSet<>();
        int share = random.nextInt(3, 40);
        for (int i = 0; i < records; i++) {
            if (random.nextInt(share) == 0) {
                poison.add("record " + i);
            }
        }
        SplittableRandom luck = random.split();
        return oneByOne
                ? seen -> recordByRecord(seen, luck, poison::contains)
                : seen -> asAWhole(seen, luck, poison::contains);
    }

    private synchronized Future<Outcome> takes(ScriptedSink.Seen seen) {
        keep(seen);
        return ScriptedSink.takes(seen);
    }

    private void keep(ScriptedSink.Seen seen) {
        if (known.add(seen.id())) {
            got.addAll(seen.texts());
        }
    }

    private synchronized Future<Outcome> asAWhole(
            ScriptedSink.Seen seen, SplittableRandom luck, Predicate<String> poison) {
        if (killed) {
            return sink.hangs();
        }
        int choice = luck.nextInt(24);
        // what it has it does not refuse, even if it would now
        boolean refused = !known.contains(seen.id()) && seen.texts().stream().anyMatch(poison);
        if (choice < 2) {
            Future<Outcome> never = kill();
            if (choice == 0 && !refused) {
                keep(seen); // the answer is lost
            }
            return never;
        } else if (choice < 5) {
            return ScriptedSink.retry();
        } else if (refused) {
            return ScriptedSink.rejects("poison");
        }
        keep(seen);
        if (choice > 12) {
            return ScriptedSink.takes(seen);
        }
        Promise<Outcome> later = Promise.promise();
        new Thread(() -> later.complete(Outcome.DELIVERED)).start();
        return later.future();
    }

    private synchronized Future<Outcome> recordByRecord(
            ScriptedSink.Seen seen, SplittableRandom luck, Predicate<String> poison) {
        if (killed) {
            return sink.hangs();
        }
        if (luck.nextInt(12) == 0) {
            return kill();
        }
        int share = luck.nextInt(3);
        Set<String> late = new HashSet<>();
        for (String text : seen.texts()) {
            boolean putOff = !poison.test(text) && luck.nextInt(4) < share;
            if (putOff) {
                late.add(text);
            } else if (!poison.test(text)) {
                got.add(text);
            }
        }
        return ScriptedSink.oneByOne(seen, late::contains, poison, "one by one");
    }
}
