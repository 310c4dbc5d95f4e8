package io.penstock.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.penstock.gateway.history.LongGauge.Owner;
import io.penstock.gateway.history.Tallies.Counted;
import io.vertx.core.json.JsonObject;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    private static final long NOON = 1_700_000_000_000L / Archive.STEP_MS * Archive.STEP_MS;

    @TempDir private Path directory;
    private long lastMs;
    private Archive archive = new Archive(Path.of("none"));

    @AfterEach
    void close() throws Exception {
        archive.close();
    }

    private void open() throws Exception {
        archive = new Archive(directory);
        archive.open();
    }

    /** A second in which a repo accepted so much. */
    private void repo(String name, long timeMs, double accepted) {
        lastMs = timeMs;
        archive.round(timeMs, 1);
        archive.add(name, "", new double[] {accepted, accepted * 10}, accepted > 0);
        archive.rounded();
    }

    private List<Cell> read(String repo) throws Exception {
        return archive.read(repo, "", 0, lastMs + 1);
    }

    @Test
    void anIntervalIsTheMeanOfItsSecondsAndSurvivesARestart() throws Exception {
        open();
        repo("web", NOON, 10);
        repo("web", NOON + 1_000, 30);
        archive.close();
        open();
        assertThat(read("web")).hasSize(1);
        assertThat(LongGauge.REPO_ACCEPTED.of(read("web").get(0))).isEqualTo(20);
        repo("web", NOON + 2_000, 50);
        assertThat(read("web")).hasSize(1);
        assertThat(LongGauge.REPO_ACCEPTED.of(read("web").get(0)))
                .as("the same interval goes on")
                .isCloseTo(30, within(1e-4));
        assertThat(read("web").get(0).seconds()).isEqualTo(3);
    }

    @Test
    void aKillTakesAMinuteAtTheMost() throws Exception {
        open();
        for (int second = 0; second < 130; second++) {
            repo("web", NOON + second * 1_000L, 10);
        }
        Archive killed = archive;
        open();
        assertThat(read("web").get(0).seconds()).isBetween(130 - 60f, 130f);
        killed.close();
    }

    @Test
    void aTornCellIsAGapAndTheOthersStand() throws Exception {
        open();
        for (int i = 0; i < 3; i++) {
            repo("web", NOON + i * Archive.STEP_MS, i + 1);
        }
        archive.close();
        long slot = NOON / Archive.STEP_MS + 1;
        long at = SeriesFile.HEADER_BYTES + slot % SeriesFile.CELLS * Cell.BYTES;
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("00.series").toFile(), "rw")) {
            file.seek(at + 40);
            file.write(0x55);
        }
        open();
        assertThat(read("web")).extracting(LongGauge.REPO_ACCEPTED::of).containsExactly(1.0, 3.0);
    }

    @Test
    void aBrokenHeaderCostsThatSeriesAlone() throws Exception {
        open();
        repo("web", NOON, 1);
        repo("api", NOON, 2);
        archive.close();
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("00.series").toFile(), "rw")) {
            file.write(0);
        }
        open();
        assertThat(read("web")).isEmpty();
        assertThat(read("api")).hasSize(1);
        repo("web", NOON + Archive.STEP_MS, 3);
        assertThat(read("web")).hasSize(1);
    }

    @Test
    void beyondSoManyDifferentThingsTheyAreCountedAsOthers() throws Exception {
        Tallies tallies = new Tallies(directory);
        for (int i = 0; i < Tallies.MAX_THINGS + 50; i++) {
            tallies.add(new Counted(Tallies.FAILURE, "web", "out", "error " + i), 1);
        }
        tallies.add(new Counted(Tallies.FAILURE, "web", "out", "error 0"), 4);
        Map<Counted, Long> read = tallies.read(NOON, NOON, NOON);
        assertThat(read)
                .hasSize(Tallies.MAX_THINGS + 1)
                .containsEntry(new Counted(Tallies.FAILURE, "web", "out", "error 0"), 5L)
                .containsEntry(new Counted(Tallies.FAILURE, "", "", Tallies.OTHERS), 50L);
    }

    @Test
    void theFileTurnsRoundAndWhatIsOlderIsForgotten() throws Exception {
        open();
        repo("web", NOON, 1);
        long later = NOON + Archive.DAYS * 86_400_000L;
        repo("web", later, 2);
        assertThat(read("web")).extracting(Cell::startMs).containsExactly(later);
        archive.close();
        assertThat(Files.size(directory.resolve("00.series")))
                .isLessThanOrEqualTo(SeriesFile.BYTES);
    }

    @Test
    void aNewcomerTakesThePlaceOfWhatRestedForADay() throws Exception {
        open();
        archive.round(NOON, 1);
        archive.add("", "", new double[Owner.NODE.gauges().size()], true);
        for (int i = 1; i < Archive.MAX_SERIES; i++) {
            repo("repo" + i, NOON, 1);
        }
        repo("late", NOON + 1_000, 5);
        assertThat(read("late")).as("nobody has rested").isEmpty();
        long nextDay = NOON + Archive.REST_MS + 5_000;
        for (int i = 2; i < Archive.MAX_SERIES; i++) {
            repo("repo" + i, nextDay, 1);
        }
        repo("quiet", nextDay, 0);
        assertThat(read("quiet")).isEmpty();
        repo("late", nextDay, 5);
        assertThat(read("late")).hasSize(1);
        assertThat(read("repo1")).isEmpty();
        assertThat(archive.read("", "", 0, nextDay + 1)).isNotEmpty();
    }

    @Test
    void tallyLinesThatWereTornAreLeftOut() throws Exception {
        open();
        Counted refused = new Counted(Tallies.FAILURE, "web", "out", "answers 503");
        archive.tallies().add(refused, 3);
        repo("web", NOON, 1);
        archive.close();
        Files.writeString(
                directory.resolve("tallies.log"), "{\"t\":1,\"ki", StandardOpenOption.APPEND);
        open();
        archive.tallies().add(refused, 4);
        assertThat(archive.tallies().read(NOON - 1, NOON + 1, NOON)).containsEntry(refused, 7L);
        assertThat(archive.tallies().read(NOON + 1, NOON + 2, NOON)).doesNotContainKey(refused);
    }

    @Test
    void aSpanHasTheSameFormAsTheLastHours() throws Exception {
        open();
        long start = NOON / 1_800_000 * 1_800_000;
        for (int i = 0; i < 6; i++) {
            repo("web", start + i * Archive.STEP_MS, i + 1);
        }
        JsonObject week =
                Objects.requireNonNull(
                        LongSpan.WEEK.of(archive, "web", "", start + 5 * Archive.STEP_MS + 1));
        assertThat(week.getJsonObject("series").getJsonArray("accepted_per_s"))
                .hasSize(336)
                .last()
                .isEqualTo(3.5);
        assertThat(LongSpan.MONTH.of(archive, "none", "", start)).isNull();
    }

    @Test
    void itsBoundIsASumThatStaysSmall() {
        assertThat(Archive.MAX_BYTES).isEqualTo(65L * (2_048 + 10_080 * 96)).isLessThan(64 << 20);
        for (Owner owner : Owner.values()) {
            assertThat(owner.gauges()).hasSizeLessThanOrEqualTo(Cell.VALUES);
        }
        assertThat(LongGauge.ages()).hasSize(LongGauge.AGE_BOUNDS_MS.size() + 1);
    }
}
