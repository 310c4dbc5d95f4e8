package io.penstock.gateway.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.stage.Refusal;
import io.penstock.gateway.ingest.DataPort;
import io.penstock.model.RepoName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every line once, through what happens to files and to the follower. */
class FollowerTest {
    @TempDir private Path directory;

    private Path log(String name) {
        return directory.resolve(name);
    }

    private Path state() {
        return directory.resolve("state");
    }

    private Following following(String pattern) {
        return new Following(state(), directory + "/" + pattern);
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(
                file,
                text,
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** Lines {@code from} to {@code to - 1}, about 100 bytes each. */
    private static void lines(Path file, int from, int to) throws IOException {
        StringBuilder text = new StringBuilder();
        IntStream.range(from, to).forEach(n -> text.append(line(n)).append('\n'));
        append(file, text.toString());
    }

    private static String line(int n) {
        return "line " + n + " " + "x".repeat(90);
    }

    private static List<String> numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj(FollowerTest::line).toList();
    }

    @Test
    void linesArriveOnceThroughRenamesAndNewFiles() throws Exception {
        try (Following following = following("a.log")) {
            lines(log("a.log"), 0, 100);
            following.start();
            following.awaitLines(100);
            lines(log("a.log"), 100, 150);
            Files.move(log("a.log"), log("a.log.1"));
            lines(log("a.log.1"), 150, 160);
            lines(log("a.log"), 160, 200);
            following.awaitLines(200);
            // a writer that has not noticed the rename yet
            lines(log("a.log.1"), 200, 210);
            following.awaitLines(210);
            assertThat(following.stop()).isTrue();
            assertThat(following.lines()).containsExactlyInAnyOrderElementsOf(numbered(0, 210));
        }
    }

    @Test
    void whatIsLeftOfATruncatedFileIsReadFromItsCopy() throws Exception {
        try (Following following = following("a.log*")) {
            lines(log("a.log"), 0, 100);
            following.start();
            following.awaitLines(100);
            following.port.intake().hold();
            lines(log("a.log"), 100, 400);
            DataPort.awaitUntil("stuck", () -> following.port.intake().heldAnswers() == 4);
            Files.copy(log("a.log"), log("a.log.1"));
            Files.write(log("a.log"), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
            lines(log("a.log"), 400, 450);
            following.port.intake().letGo();
            following.awaitLines(450);
            assertThat(following.stop()).isTrue();
            assertThat(following.lines()).containsExactlyInAnyOrderElementsOf(numbered(0, 450));
        }
    }

    @Test
    void aCopyOfAFollowedFileIsNotReadTwiceAlsoAfterTheFirstIsGone() throws Exception {
        try (Following following = following("a.log*")) {
            lines(log("a.log"), 0, 100);
            following.start();
            following.awaitLines(100);
            Files.copy(log("a.log"), log("a.log.bak"));
            DataPort.awaitUntil("noticed", () -> following.notes.toString().contains("copy"));
            Files.delete(log("a.log"));
            assertThat(following.stop()).isTrue();
            following.start();
            lines(log("a.log"), 100, 101);
            following.awaitLines(101);
            assertThat(following.stop()).isTrue();
            assertThat(following.lines()).containsExactlyInAnyOrderElementsOf(numbered(0, 101));
        }
    }

    @Test
    void aCopyThatGrowsBeyondTheOriginalIsFollowedFromWhereTheyPart() throws Exception {
        try (Following following = following("*.log")) {
            lines(log("a.log"), 0, 100);
            Files.copy(log("a.log"), log("b.log"));
            following.start();
            following.awaitLines(100);
            lines(log("a.log"), 100, 110);
            lines(log("b.log"), 200, 220);
            following.awaitLines(130);
            assertThat(following.stop()).isTrue();
            List<String> all = new ArrayList<>(numbered(0, 110));
            all.addAll(numbered(200, 220));
            assertThat(following.lines()).containsExactlyInAnyOrderElementsOf(all);
        }
    }

    @Test
    void afterACrashUnansweredRangesAreSentAgainUnderTheirSequences() throws Exception {
        try (Following following = following("a.log")) {
            lines(log("a.log"), 0, 30);
            following.start();
            following.awaitLines(30);
            following.port.intake().hold();
            lines(log("a.log"), 30, 200);
            DataPort.awaitUntil("stuck", () -> following.port.intake().heldAnswers() == 4);
            // what a process that is killed now leaves on the disk
            Path left = directory.resolve("left");
            copy(state(), left);
            following.port.intake().letGo();
            following.awaitLines(100);
            following.stop();
            int before = following.lines().size();
            assertThat(before).isLessThanOrEqualTo(200);

            Follower second = following.start(following.settings(left, "r", false));
            Files.move(log("a.log"), log("elsewhere"));
            following.awaitLines(200);
            DataPort.awaitUntil("all answered", () -> second.counts().underWay() == 0);
            assertThat(following.stop()).isTrue();
            assertThat(second.counts().resent()).isPositive();
            // the first life may have gone on beyond the image: those ranges are cut anew
            assertThat(following.lines().stream().distinct())
                    .containsExactlyInAnyOrderElementsOf(numbered(0, 200));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path each : files.toList()) {
                Files.copy(
                        each, to.resolve(each.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Test
    void whatWasRenamedReplacedOrTruncatedWhileNobodyLookedIsFound() throws Exception {
        try (Following following = following("*.log")) {
            lines(log("renamed.log"), 0, 50);
            lines(log("copied.log"), 100, 150);
            lines(log("replaced.log"), 200, 250);
            following.start();
            following.awaitLines(150);
            assertThat(following.stop()).isTrue();

            lines(log("renamed.log"), 50, 60);
            Files.move(log("renamed.log"), log("renamed.old"));
            lines(log("copied.log"), 150, 160);
            Files.copy(log("copied.log"), log("copied.old"));
            Files.write(log("copied.log"), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
            lines(log("copied.log"), 160, 170);
            Files.write(log("replaced.log"), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
            lines(log("replaced.log"), 300, 370);
            following.start();
            following.awaitLines(150 + 10 + 20 + 70);
            assertThat(following.stop()).isTrue();
            List<String> all = new ArrayList<>(numbered(0, 60));
            all.addAll(numbered(100, 170));
            all.addAll(numbered(200, 250));
            all.addAll(numbered(300, 370));
            assertThat(following.lines()).containsExactlyInAnyOrderElementsOf(all);
        }
    }

    @Test
    void aLastLineWithoutALineFeedWaitsForAWhile() throws Exception {
        try (Following following = following("a.log")) {
            append(log("a.log"), "whole\nha");
            following.start();
            following.awaitLines(1);
            append(log("a.log"), "lf\nlast");
            following.awaitLines(3);
            assertThat(following.lines()).containsExactly("whole", "half", "last");
        }
    }

    @Test
    void aLineThatIsTooLongIsLeftOutAndTheNextIsNot() throws Exception {
        try (Following following = following("a.log")) {
            append(log("a.log"), "one\n" + "y".repeat(3 * Following.MAX_LINE));
            Follower follower = following.start();
            following.awaitLines(1);
            append(log("a.log"), "y\n" + "z".repeat(5_000) + "\ntwo\n");
            following.awaitLines(3);
            // two batches may be under way at once
            assertThat(following.lines())
                    .containsExactlyInAnyOrder("one", "z".repeat(5_000), "two");
            assertThat(follower.counts().longLines()).isEqualTo(1);
        }
    }

    @Test
    void directoriesMayComeLaterAndCompressedFilesArePassedOver() throws Exception {
        try (Following following = following("*/app-[0-9].log*")) {
            following.start();
            Files.createDirectories(directory.resolve("later"));
            append(log("later/app-1.log.gz"), "compressed\n");
            append(log("later/app-x.log"), "not meant\n");
            append(log("later/app-1.log"), "meant\n");
            following.awaitLines(1);
            assertThat(following.stop()).isTrue();
            assertThat(following.lines()).containsExactly("meant");
        }
    }

    @Test
    void aFileThatIsDeletedIsReadToItsEndAndThenLetGo() throws Exception {
        try (Following following = following("a.log")) {
            lines(log("a.log"), 0, 10);
            Follower follower = following.start();
            following.awaitLines(10);
            following.port.intake().hold();
            lines(log("a.log"), 10, 300);
            DataPort.awaitUntil("stuck", () -> following.port.intake().heldAnswers() == 4);
            Files.delete(log("a.log"));
            following.port.intake().letGo();
            following.awaitLines(300);
            DataPort.awaitUntil("let go", () -> follower.counts().files() == 0);
            assertThat(following.stop()).isTrue();
            assertThat(following.lines()).containsExactlyInAnyOrderElementsOf(numbered(0, 300));
        }
    }

    @Test
    void whatCannotBeSentAgainIsSaidToBeLost() throws Exception {
        try (Following following = following("a.log")) {
            following.port.intake().hold();
            lines(log("a.log"), 0, 10);
            following.start();
            DataPort.awaitUntil("stuck", () -> following.port.intake().heldAnswers() == 1);
            Path left = directory.resolve("left");
            copy(state(), left);
            Files.delete(log("a.log"));
            following.port.intake().letGo();
            following.stop();
            Follower second = following.start(following.settings(left, "r", false));
            DataPort.awaitUntil("said", () -> second.counts().lostBytes() > 0);
            assertThat(following.notes.toString()).contains("cannot be sent again");
        }
    }

    @Test
    void aCheckpointIsForItsOwnerOneFollowerAndOneRepo() throws Exception {
        try (Following following = following("a.log")) {
            append(log("a.log"), "one\n");
            following.start();
            following.awaitLines(1);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state())))
                    .isEqualTo("rwx------");
            Path file = state().resolve("checkpoint.json");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            try (Following second = following("a.log")) {
                second.start();
                assertThat(second.failure()).hasMessageContaining("in use");
            }
            following.stop();
            following.start(following.settings(state(), "other", false));
            assertThat(following.failure()).hasMessageContaining("of repo r");
            Files.writeString(file, "{\"format\":1,\"repo\":");
            following.start();
            assertThat(following.failure()).hasMessageContaining("is no checkpoint");
        }
    }

    @Test
    void aBatchThatIsRefusedForGoodEndsItOrIsLeftOut() throws Exception {
        try (Following following = following("a.log")) {
            following.port.intake().refuse(new Refusal.BadSequence("never"));
            append(log("a.log"), "one\n");
            following.start();
            assertThat(following.failure())
                    .isInstanceOf(FollowException.class)
                    .hasMessageContaining("a.log, bytes 0 to 4")
                    .hasMessageContaining("never");
            Follower lenient = following.start(following.settings(state(), "r", true));
            DataPort.awaitUntil("left out", () -> lenient.counts().refusedBatches() == 1);
            following.port.intake().refuse(null);
            append(log("a.log"), "two\n");
            following.awaitLines(1);
            assertThat(following.stop()).isTrue();
            assertThat(following.lines()).containsExactly("two");
        }
    }

    @Test
    void whatAGatewayThatIsFullRefusesIsSentWhenItIsNot() throws Exception {
        try (Following following = following("a.log")) {
            following.port.intake().refuse(new Refusal.Full(new RepoName("r"), 20, "full"));
            lines(log("a.log"), 0, 100);
            Follower follower = following.start();
            DataPort.awaitUntil("under way", () -> follower.counts().underWay() == 4);
            following.port.intake().refuse(null);
            following.awaitLines(100);
            assertThat(following.stop()).isTrue();
            assertThat(following.lines()).containsExactlyInAnyOrderElementsOf(numbered(0, 100));
        }
    }
}
