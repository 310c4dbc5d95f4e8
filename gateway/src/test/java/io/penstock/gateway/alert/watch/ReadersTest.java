package io.penstock.gateway.alert.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.fanout.ExportState;
import io.penstock.exporter.fanout.ExportStats;
import io.penstock.exporter.fanout.LedgerRow;
import io.penstock.exporter.fanout.SinkSpec;
import io.penstock.exporter.pressure.PressureStats;
import io.penstock.gateway.alert.Alert;
import io.penstock.gateway.alert.AlertsConfig;
import io.penstock.gateway.alert.Board;
import io.penstock.gateway.alert.Condition;
import io.penstock.gateway.alert.Readings;
import io.penstock.gateway.alert.RuleConfig;
import io.penstock.gateway.alert.Subject;
import io.penstock.gateway.history.Round;
import io.penstock.model.RepoName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is read of a node, by a clock of its own; every hold is 0, so that what is bad fires. */
class ReadersTest {
    private final Board board = new Board("n", config());
    private boolean isDefined = true;
    private final ExportReader exports =
            new ExportReader(stats -> "target", (repo, export) -> isDefined);
    private long nowMs = 1_700_000_000_000L;
    private long attempts;
    private long failures;
    private long dead;

    private static AlertsConfig config() {
        List<RuleConfig> rules = new ArrayList<>();
        for (Condition condition : Condition.values()) {
            rules.add(
                    new RuleConfig(condition, true, List.of("*"), List.of("*"), -1, -1, 0, 0, ""));
        }
        return new AlertsConfig(true, List.of(), 0, 0, 0, true, 0, rules);
    }

    private ExportStats stats(ExportState state, long ageMs) {
        return new ExportStats(
                new RepoName("web"),
                "out",
                state,
                0,
                0,
                dead,
                0,
                attempts - failures,
                attempts,
                failures,
                0,
                7,
                0,
                0,
                ageMs,
                "status 500",
                PressureStats.none());
    }

    /** A second of an export; none where it does not run. */
    private void pass(ExportStats... running) {
        Readings readings = board.readings();
        exports.read(List.of(running), board.alerts(), readings, nowMs);
        board.hear(readings, "n", nowMs);
        nowMs += 1000;
    }

    private Optional<Alert> alert(Condition condition) {
        return board.alerts().stream()
                .filter(each -> each.reading().condition() == condition)
                .findFirst();
    }

    @Test
    void theShareOfFailuresIsOfAboutTheLastMinute() {
        for (int i = 0; i < 120; i++) {
            attempts += 10;
            failures += i < 60 ? 0 : 6;
            pass(stats(ExportState.RUNNING, 0));
            assertThat(alert(Condition.ERROR_RATE).isPresent())
                    .as("second %d", i)
                    .isEqualTo(i >= 110); // 60 % fail: after 51 s they are half of what fades
        }
        for (int i = 0; i < 120; i++) {
            attempts += 10;
            pass(stats(ExportState.RUNNING, 0));
        }
        assertThat(alert(Condition.ERROR_RATE)).isEmpty();
        attempts += 1;
        failures += 1;
        pass(stats(ExportState.BACKING_OFF, 0));
        assertThat(alert(Condition.ERROR_RATE)).isEmpty(); // one of many
    }

    @Test
    void aSingleFailureIsForgottenWhenNothingIsTriedAnyMore() {
        pass(stats(ExportState.RUNNING, 0));
        attempts++;
        failures++;
        pass(stats(ExportState.BACKING_OFF, 0));
        assertThat(alert(Condition.ERROR_RATE).orElseThrow().reading().value()).isEqualTo(100);
        for (int i = 0; i < 80; i++) {
            pass(stats(ExportState.RUNNING, 0));
        }
        assertThat(alert(Condition.ERROR_RATE)).isEmpty();
    }

    @Test
    void whatAPersonPausedIsPausedAndDoesNotLag() {
        pass(stats(ExportState.PAUSED, 999_000));
        assertThat(alert(Condition.EXPORT_PAUSED)).isPresent();
        assertThat(alert(Condition.LAG_AGE)).isEmpty();
        pass(stats(ExportState.RUNNING, 999_000));
        assertThat(alert(Condition.EXPORT_PAUSED)).isEmpty();
        assertThat(alert(Condition.LAG_AGE).orElseThrow().reading().value()).isEqualTo(999);
        assertThat(alert(Condition.LAG_AGE).orElseThrow().reading().why())
                .isEqualTo("the oldest of 7 records waits for 999 s; status 500");
    }

    @Test
    void deadLettersWaitEvenWhenTheirRepoIsClosed() {
        pass(stats(ExportState.RUNNING, 0));
        dead = 100;
        pass(stats(ExportState.RUNNING, 0));
        assertThat(alert(Condition.DEAD_LETTERS)).isPresent();
        assertThat(alert(Condition.DEAD_LETTERS_GROWING)).isPresent();
        for (int i = 0; i < 400; i++) {
            pass(); // the repo is closed
        }
        assertThat(alert(Condition.DEAD_LETTERS).orElseThrow().reading().value()).isEqualTo(100);
        assertThat(alert(Condition.DEAD_LETTERS_GROWING)).isEmpty();
        isDefined = false;
        pass();
        assertThat(alert(Condition.DEAD_LETTERS)).isEmpty();
    }

    @Test
    void aHotTaskIsOneThatTakesMostOfABusyNode() {
        HotTasks hot = new HotTasks(() -> 0.9);
        for (int i = 0; i < 120; i++) {
            Readings readings = board.readings();
            Map<String, double[]> moved =
                    Map.of(
                            "web/", new double[] {9e9, 9e9},
                            "web/out", new double[] {1, 8e6, 0},
                            "web/side", new double[] {1, 2e6, 0});
            hot.read(new Round(nowMs, moved, List.of(), List.of()), readings);
            board.hear(readings, "n", nowMs);
            nowMs += 1000;
        }
        assertThat(board.alerts()).hasSize(1);
        Alert alert = alert(Condition.HOT_TASK).orElseThrow();
        assertThat(alert.reading().subject()).hasToString("web/out");
        assertThat(alert.reading().value()).isBetween(71.9, 72.1); // 90 % of 80 %
    }

    private static LedgerRow row(long accepted, long delivered) {
        return new LedgerRow(new RepoName("web"), "out", accepted, delivered, 0, 0, 0, 0);
    }

    @Test
    void aResidueCountsWhenItIsTheSameTwiceInARow() {
        Residues residues = new Residues();
        assertThat(residues.take(List.of(row(10, 10)))).isFalse();
        assertThat(residues.take(List.of(row(10, 8)))).isTrue();
        assertThat(residues.take(List.of(row(12, 11)))).isTrue(); // something moves still
        assertThat(residues.all()).isEmpty();
        assertThat(residues.take(List.of(row(13, 12)))).isFalse();
        assertThat(residues.all()).containsExactly(Map.entry(new Subject("web", "out"), 1L));
        assertThat(residues.take(List.of(row(14, 14)))).isFalse();
        assertThat(residues.all()).isEmpty();
    }

    @Test
    void aTargetIsAHostWithoutWhatMayBeSecret() {
        assertThat(of("http", "url", "https://u:p@h.org:8443/path?token=x"))
                .isEqualTo("http h.org:8443");
        assertThat(of("object", "target", "s3://bucket/prefix")).isEqualTo("object bucket");
        assertThat(of("kafka", "cluster", "main")).isEqualTo("kafka main");
        assertThat(of("http", "url", "${file:/run/url}")).isEqualTo("http ${file:/run/url}");
        assertThat(of("http", "url", "http://[")).isEqualTo("http (malformed)");
        assertThat(of("blackhole", "none", "x")).isEqualTo("blackhole");
    }

    private static String of(String type, String key, String value) {
        return SinkTarget.of(new SinkSpec(type, Map.of(key, value)));
    }
}
