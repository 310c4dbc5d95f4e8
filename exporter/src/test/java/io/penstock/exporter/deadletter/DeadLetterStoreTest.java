package io.penstock.exporter.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.penstock.exporter.record.Encoding;
import io.penstock.model.DeliveryId;
import io.penstock.model.RepoName;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterStoreTest {
    private static final DeadLetterConfig SMALL = new DeadLetterConfig(16 << 10);

    @TempDir Path directory = Path.of("");

    @Test
    void keepsWhatWasAppendedOverAReopen() throws IOException {
        DeadLetter first = letter(0, 3, "no such field \u2603");
        try (DeadLetterStore store = open(0)) {
            assertThat(store.append(List.of(first, letter(100, 1, "x")))).isEqualTo(2);
        }
        try (DeadLetterStore store = open(1_000)) {
            assertThat(store.heldLetters()).isEqualTo(2);
            assertThat(store.heldRecords()).isEqualTo(4);
            DeadLetter found = store.list(0, 1).get(0).letter();
            assertThat(found.delivery()).isEqualTo(first.delivery());
            assertThat(found.reason()).isEqualTo(first.reason());
            assertThat(found.content().body()).isEqualTo(first.content().body());
            assertThat(found)
                    .extracting(DeadLetter::arrivedMs, DeadLetter::deadMs, DeadLetter::position)
                    .containsExactly(first.arrivedMs(), first.deadMs(), first.position());
        }
    }

    @Test
    void doesNotKeepALetterTwiceWhenItsRunIsOfferedAgain() throws IOException {
        DeadLetter letter = letter(100, 1, "x");
        try (DeadLetterStore store = open(0)) {
            store.append(List.of(letter));
        }
        try (DeadLetterStore store = open(100)) {
            store.append(List.of(letter, letter(200, 1, "y")));
            assertThat(store.heldLetters()).isEqualTo(2);
        }
        try (DeadLetterStore store = open(1_000)) {
            assertThat(store.list(0, 10)).hasSize(2);
        }
    }

    @Test
    void keepsAsManyAsThereIsRoomForAndSaysHowMany() throws IOException {
        List<DeadLetter> many = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            many.add(letter(i * 100L, 1, "x"));
        }
        int kept;
        try (DeadLetterStore store = open(0)) {
            kept = store.append(many);
            assertThat(kept).isBetween(50, 399);
            assertThat(store.heldLetters()).isEqualTo(kept);
            assertThat(store.bytes()).isLessThanOrEqualTo(SMALL.maxBytes());
            assertThat(store.append(many.subList(kept, 400))).isZero();
        }
        try (DeadLetterStore store = open(0)) {
            assertThat(store.append(many)).isEqualTo(kept);
            assertThat(store.heldLetters()).isEqualTo(kept);
        }
    }

    @Test
    void listsInOrderPageByPage() throws IOException {
        try (DeadLetterStore store = open(0)) {
            for (int i = 0; i < 30; i++) {
                store.append(List.of(letter(i * 100L, 1, "r" + i)));
            }
            List<String> reasons = new ArrayList<>();
            long after = 0;
            List<DeadLetter.Stored> page = store.list(after, 7);
            while (!page.isEmpty()) {
                page.forEach(stored -> reasons.add(stored.letter().reason()));
                after = page.get(page.size() - 1).id();
                page = store.list(after, 7);
            }
            assertThat(reasons).hasSize(30).startsWith("r0", "r1").endsWith("r28", "r29");
        }
    }

    @Test
    void aLookCountsTheSameAndChangesNothing() throws IOException {
        try (DeadLetterStore store = open(0)) {
            store.append(List.of(letter(0, 1, "a"), letter(100, 2, "b"), letter(200, 4, "c")));
            List<DeadLetter.Stored> all = store.list(0, 10);
            store.replayed(all.get(1).id(), 0);
            store.dropped(all.get(2).id());
            Files.write(
                    directory.resolve("letters-00000001.log"),
                    new byte[5],
                    StandardOpenOption.APPEND); // somebody is writing
            Map<String, Long> before = sizes();
            try (DeadLetterStore look = DeadLetterStore.look(directory)) {
                assertThat(look.heldRecords()).isEqualTo(1);
                assertThat(look.replayedRecords()).isEqualTo(2);
                assertThat(look.droppedRecords()).isEqualTo(4);
                assertThat(look.list(0, 10)).hasSize(1);
                assertThat(look.dropped(look.list(0, 10).get(0).id())).isFalse();
            }
            assertThat(sizes()).isEqualTo(before);
        }
    }

    /** The ledger of an export is read while the export starts and stops. */
    @Test
    void looksDoNotDisturbWhoOpensTheStore() throws Exception {
        try (DeadLetterStore store = open(0)) {
            store.append(List.of(letter(0, 1, "a"), letter(100, 2, "b")));
            store.dropped(store.list(0, 1).get(0).id());
        }
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Long> looks =
                CompletableFuture.supplyAsync(
                        () -> {
                            long done = 0;
                            while (!over.get()) {
                                try (DeadLetterStore look = DeadLetterStore.look(directory)) {
                                    assertThat(look.droppedRecords()).isEqualTo(1);
                                    done++;
                                } catch (IOException failed) {
                                    throw new UncheckedIOException(failed);
                                }
                            }
                            return done;
                        });
        for (int i = 0; i < 200; i++) {
            try (DeadLetterStore store = open(1_000)) {
                assertThat(store.droppedRecords()).isEqualTo(1);
            }
        }
        over.set(true);
        assertThat(looks.get(10, TimeUnit.SECONDS)).isPositive();
    }

    private Map<String, Long> sizes() throws IOException {
        Map<String, Long> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                all.put(String.valueOf(file.getFileName()), Files.size(file));
            }
        }
        return all;
    }

    @Test
    void countsWhatWasReplayedAndDroppedOverReopens() throws IOException {
        try (DeadLetterStore store = open(0)) {
            store.append(List.of(letter(0, 1, "a"), letter(100, 2, "b"), letter(200, 4, "c")));
            List<DeadLetter.Stored> all = store.list(0, 10);
            assertThat(store.replayed(all.get(1).id(), 0)).isTrue();
            assertThat(store.replayed(all.get(1).id(), 0)).isFalse();
            assertThat(store.dropped(all.get(2).id())).isTrue();
            assertThat(store.find(all.get(1).id())).isEmpty();
        }
        for (int reopen = 0; reopen < 3; reopen++) {
            try (DeadLetterStore store = open(1_000)) {
                assertThat(store.replayedRecords()).isEqualTo(2);
                assertThat(store.droppedRecords()).isEqualTo(4);
                assertThat(store.heldRecords()).isEqualTo(1);
                assertThat(store.list(0, 10)).hasSize(1);
            }
        }
    }

    @Test
    void givesRoomBackOnceAllOfAFileIsSettled() throws IOException {
        try (DeadLetterStore store = open(0)) {
            int appended = 0;
            while (store.append(List.of(letter(appended * 100L, 1, "x"))) == 1) {
                appended++;
            }
            assertThat(appended).isGreaterThan(50);
            for (DeadLetter.Stored stored : store.list(0, 1_000)) {
                assertThat(store.dropped(stored.id())).isTrue();
            }
            assertThat(store.bytes()).isZero();
            assertThat(store.droppedRecords()).isEqualTo(appended);
            assertThat(store.append(List.of(letter(1, 1, "again")))).isEqualTo(1);
        }
        try (DeadLetterStore store = open(1_000_000)) {
            assertThat(store.heldLetters()).isEqualTo(1);
        }
    }

    @Test
    void cutsATornEndOffWhereverItIsTorn() throws IOException {
        long seed = Long.getLong("penstock.seed", new SplittableRandom().nextLong());
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 40; round++) {
            Path place = directory.resolve("torn-" + round);
            List<DeadLetter> letters = new ArrayList<>();
            try (DeadLetterStore store = DeadLetterStore.open(place, SMALL, 0)) {
                for (int i = 0; i < 5; i++) {
                    letters.add(letter(i * 100L, 1, "r".repeat(random.nextInt(40))));
                    store.append(List.of(letters.get(i)));
                }
            }
            Path file = place.resolve("letters-00000001.log");
            long length = random.nextLong(Files.size(file) + 1);
            try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
                cut.setLength(length);
            }
            try (DeadLetterStore store = DeadLetterStore.open(place, SMALL, 1_000)) {
                List<DeadLetter.Stored> left = store.list(0, 10);
                for (int i = 0; i < left.size(); i++) {
                    assertThat(left.get(i).letter().delivery())
                            .as("seed %d round %d", seed, round)
                            .isEqualTo(letters.get(i).delivery());
                }
                assertThat(store.append(List.of(letter(900, 1, "after")))).isEqualTo(1);
                assertThat(store.list(0, 10)).hasSize(left.size() + 1);
            }
        }
    }

    @Test
    void refusesToReadAFileOfSomethingElse() throws IOException {
        Files.writeString(directory.resolve("letters-00000001.log"), "this is no dead letter file");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> open(0))
                .withMessageContaining("letters-00000001.log");
    }

    @Test
    void cutsAReasonThatIsLongerThanForPeople() throws IOException {
        try (DeadLetterStore store = open(0)) {
            store.append(List.of(letter(0, 1, "\ud83d\ude00".repeat(5_000))));
            assertThat(store.list(0, 1).get(0).letter().reason())
                    .startsWith("\ud83d\ude00")
                    .hasSizeLessThan(LetterFormat.MAX_REASON_BYTES)
                    .doesNotContain("\ufffd", "?");
        }
    }

    private DeadLetterStore open(long committedBelow) throws IOException {
        return DeadLetterStore.open(directory, SMALL, committedBelow);
    }

    private static DeadLetter letter(long first, int records, String reason) {
        return new DeadLetter(
                new DeliveryId(new RepoName("web"), "files", 77, first, first + 100, 0, records),
                first,
                1_700_000_000_000L,
                1_700_000_001_000L,
                reason,
                records,
                new DeadLetter.Content(
                        Encoding.NDJSON,
                        ("{\"at\":" + first + "}\n").getBytes(StandardCharsets.UTF_8)));
    }
}
