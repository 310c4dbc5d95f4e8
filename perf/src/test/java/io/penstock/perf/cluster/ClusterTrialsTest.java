package io.penstock.perf.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.perf.side.JvmOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterTrialsTest {
    /** What is promised is 5 s; a machine that builds may pause everybody for some time more. */
    private static final long MOVE_LIMIT_MS = 8_000;

    @TempDir private Path directory;

    @Test
    void nothingIsLostOrDoubledWhenTheLeaderIsKilledAndAnotherNodeHangs() throws Exception {
        TrialSettings settings =
                new TrialSettings(
                        3,
                        1,
                        6,
                        MOVE_LIMIT_MS,
                        JvmOptions.launcher()
                                .with(List.of("-Xms32m", "-Xmx112m", "-XX:TieredStopAtLevel=1")),
                        directory);

        List<TrialResult> results =
                new ClusterTrials(settings, state -> {})
                        .run(Scenario.parse(List.of("kill-leader+pause")));

        TrialResult result = results.get(0);
        System.out.println("ClusterTrialsTest: " + result.timesMs() + " " + result.counts());
        assertThat(result.faults()).isEmpty();
        assertThat(result.verdict()).isEqualTo("ok");
        assertThat(result.counts().get("acknowledged")).isGreaterThan(1_000);
        assertThat(result.counts().get("pushed again")).isPositive();
        assertThat(result.counts().get("leases that lapsed")).isPositive();
        assertThat(result.timesMs())
                .containsKeys(
                        "kill-leader: another leads",
                        "kill-leader: its tasks run elsewhere",
                        "pause: its tasks run elsewhere");
        Path json = directory.resolve("trials.json");
        TrialJson.write(results, json);
        assertThat(Files.readString(json)).contains("\"verdict\" : \"ok\"");
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactly(json);
        }
    }

    @Test
    void scenariosGoByName() {
        assertThat(Scenario.parse(List.of("pause", "join+all-down")))
                .containsExactly(
                        List.of(Scenario.PAUSE), List.of(Scenario.JOIN, Scenario.ALL_DOWN));
        assertThat(Scenario.parse(List.of("all"))).hasSameSizeAs(Scenario.values());
        assertThatThrownBy(() -> Scenario.parse(List.of("earthquake")))
                .hasMessageContaining("no scenario earthquake; there are all, kill-leader,");
    }
}
