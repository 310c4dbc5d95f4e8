package io.penstock.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.terminal.LiveLine;
import io.penstock.perf.load.BatchSize;
import io.penstock.perf.report.Metric;
import io.penstock.perf.report.RunCase;
import io.penstock.perf.report.RunResult;
import io.penstock.perf.side.Cores;
import io.penstock.perf.side.JvmOptions;
import io.penstock.perf.wire.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestBenchTest {
    @TempDir private Path directory;

    @Test
    void comparesTheFloorWithItselfAndCleansUp() throws Exception {
        List<RunCase> cases =
                List.of(
                        new RunCase(Transport.GRPC, BatchSize.of("64KiB"), "staged", "blackhole"),
                        new RunCase(Transport.HTTP1, BatchSize.of("1rec"), "staged", "blackhole"));
        IngestSettings settings =
                new IngestSettings(
                        cases,
                        0.3,
                        0,
                        0.3,
                        2,
                        0,
                        null,
                        Cores.SHARED,
                        JvmOptions.launcher(),
                        true,
                        directory);
        List<RunResult> results = new ArrayList<>();
        List<String> failures = new ArrayList<>();

        new IngestBench(settings, LiveLine.onErr())
                .run(
                        (runs, failed) -> {
                            results.clear();
                            results.addAll(runs);
                            failures.addAll(failed);
                        });

        assertThat(failures).isEmpty();
        assertThat(results).extracting(RunResult::what).isEqualTo(cases);
        for (RunResult result : results) {
            assertThat(result.gateway()).hasSize(2).allMatch(r -> r.get(Metric.MB_PER_S) > 0);
            assertThat(result.ratio(Metric.MB_PER_S)).isPositive();
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }
}
