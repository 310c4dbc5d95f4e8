package io.penstock.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.terminal.LiveLine;
import io.penstock.perf.load.BatchSize;
import io.penstock.perf.report.Metric;
import io.penstock.perf.report.RunCase;
import io.penstock.perf.report.RunResult;
import io.penstock.perf.side.Cores;
import io.penstock.perf.side.JvmOptions;
import io.penstock.perf.side.SinkKind;
import io.penstock.perf.wire.Shape;
import io.penstock.perf.wire.Transport;
import java.io.IOException;
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
    void comparesTheFloorWithItself() throws Exception {
        RunCase what = new RunCase(Transport.GRPC, BatchSize.of("64KiB"), "staged", "blackhole");

        assertThat(run(what, true).ratio(Metric.MB_PER_S)).isPositive();
        assertThatRoomsAreRemoved();
    }

    @Test
    void comparesTheGatewayWithTheFloorAndHoldsItToItsLedger() throws Exception {
        RunCase what = new RunCase(Transport.HTTP1, BatchSize.of("1rec"), "synced", "file");

        RunResult result = run(what, false);

        assertThat(result.what()).isEqualTo(what);
        assertThat(result.gateway()).hasSize(2).allMatch(r -> r.get(Metric.RECORDS_PER_S) > 0);
        assertThat(result.gateway()).allMatch(r -> r.get(Metric.P99_MS) > 0);
        assertThatRoomsAreRemoved();
    }

    @Test
    void handsOnWhatCameByOtlpAndHoldsItToItsLedger() throws Exception {
        RunResult result =
                run(new RunCase(Transport.OTLP, BatchSize.of("64KiB"), "staged", "otlp"), false);

        assertThat(result.gateway()).hasSize(2).allMatch(r -> r.get(Metric.RECORDS_PER_S) > 0);
        assertThat(result.floor()).hasSize(2).allMatch(r -> r.get(Metric.RECORDS_PER_S) > 0);
    }

    @Test
    void countsWhatASinkDeliversPerCpuSecond() throws Exception {
        SinkSettings settings =
                new SinkSettings(
                        List.of(SinkKind.HTTP),
                        Transport.GRPC,
                        0.5,
                        0,
                        1,
                        20,
                        Cores.SHARED,
                        JvmOptions.launcher(),
                        directory);

        List<SinkRound> rounds = new SinkBench(settings, LiveLine.onErr()).run();

        assertThat(rounds).hasSize(1);
        assertThat(rounds.get(0).records()).isGreaterThan(300);
        assertThat(rounds.get(0).recordsPerCpuSecond()).isPositive();
        assertThatRoomsAreRemoved();
    }

    private RunResult run(RunCase what, boolean selfCheck) throws Exception {
        IngestSettings settings =
                new IngestSettings(
                        List.of(what),
                        0.5,
                        0,
                        0.3,
                        2,
                        0,
                        new Shape(2, 4),
                        Cores.SHARED,
                        JvmOptions.launcher(),
                        selfCheck,
                        directory);
        List<RunResult> results = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        new IngestBench(settings, LiveLine.onErr())
                .run(
                        (runs, failed) -> {
                            results.addAll(runs);
                            failures.addAll(failed);
                        });
        assertThat(failures).isEmpty();
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    private void assertThatRoomsAreRemoved() throws IOException {
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }
}
