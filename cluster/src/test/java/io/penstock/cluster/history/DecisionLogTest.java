package io.penstock.cluster.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.model.RepoName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionLogTest {

    private static final int CAPACITY = 10;

    @TempDir Path directory;

    private static Decision decision(int number, String why) {
        return new Decision(
                new Version(1, number),
                1_700_000_000_000L + number,
                new TaskKey(new RepoName("orders"), "to\ts3 ü", number % 3),
                number % 2 == 0 ? null : new NodeId("a"),
                number % 5 == 0 ? null : new NodeId("b"),
                why);
    }

    private static List<Decision> decisions(int from, int to) {
        List<Decision> decisions = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            decisions.add(decision(i, "because of\n" + i + "\\n"));
        }
        return decisions;
    }

    private DecisionLog open() {
        return DecisionLog.open(directory.resolve("history"), CAPACITY);
    }

    private static List<Decision> all(DecisionLog log) {
        return log.last(Integer.MAX_VALUE, any -> true);
    }

    @Test
    void theNewestComeFirstAndAreBounded() {
        DecisionLog log = open();
        log.add(decisions(1, 25));

        assertThat(all(log)).hasSize(CAPACITY);
        assertThat(log.last(2, any -> true))
                .containsExactly(decisions(25, 25).get(0), decisions(24, 24).get(0));
        assertThat(log.last(2, one -> one.task().share() == 0))
                .extracting(one -> one.version().sequence())
                .containsExactly(24L, 21L);
    }

    @Test
    void aRestartRemembersAsManyWhereverTheFileBeganAnew() {
        for (int i = 1; i <= 60; i++) {
            open().add(decisions(i, i));

            int expected = Math.min(i, CAPACITY);
            assertThat(all(open())).hasSize(expected);
            assertThat(all(open()).get(0)).isEqualTo(decisions(i, i).get(0));
        }
    }

    @Test
    void theFilesStaySmall() throws Exception {
        DecisionLog log = open();
        for (int i = 1; i <= 1_000; i++) {
            log.add(decisions(i, i));
        }
        long lines = 0;
        for (String name : List.of("decisions.log", "decisions.1.log")) {
            lines +=
                    Files.readAllLines(directory.resolve("history").resolve(name)).stream()
                            .filter(l -> !l.isEmpty())
                            .count();
        }
        assertThat(lines).isBetween((long) CAPACITY, 2L * CAPACITY);
    }

    /** Torn at every byte: what stands before is there, and what is added afterwards too. */
    @Test
    void aTornLineCostsItselfOnly() throws Exception {
        open().add(decisions(1, 3));
        Path file = directory.resolve("history").resolve("decisions.log");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            DecisionLog log = open();
            int left = all(log).size();
            List<Decision> expected = new ArrayList<>(decisions(1, left));
            log.add(decisions(9, 9));
            expected.addAll(decisions(9, 9));
            java.util.Collections.reverse(expected);

            assertThat(all(open())).isEqualTo(expected);
        }
    }

    @Test
    void aChangedLineIsLeftOut() throws Exception {
        open().add(decisions(1, 3));
        Path file = directory.resolve("history").resolve("decisions.log");
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(file, changed);

            assertThat(decisions(1, 3)).containsAll(all(open()));
        }
    }

    @Test
    void aDiskThatFailsIsNoReasonToForget() throws Exception {
        Files.writeString(directory.resolve("history"), "a file where a directory should be");
        DecisionLog log = open();

        log.add(decisions(1, 2));

        assertThat(all(log)).hasSize(2);
    }

    @Test
    void aLongReasonIsCut() {
        assertThat(decision(1, "x".repeat(5_000)).why()).hasSize(Decision.MAX_WHY);
    }
}
