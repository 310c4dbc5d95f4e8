package io.penstock.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.gateway.terminal.LiveLine;
import io.penstock.perf.side.BrokerSide;
import io.penstock.perf.side.Cores;
import io.penstock.perf.side.JvmOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FanoutBenchTest {
    @TempDir private Path directory;

    private FanoutSettings settings(double seconds) {
        return new FanoutSettings(seconds, 0, 1, Cores.SHARED, JvmOptions.launcher(), directory);
    }

    @AfterEach
    void roomsAreRemoved() throws Exception {
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void everyExportTakesAllAloneAndWithTheOthers() throws Exception {
        assumeTrue(BrokerSide.isHere(), "no class path of a Kafka broker");

        List<FanoutCase> cases = new FanoutBench(settings(0.3), LiveLine.onErr()).run();

        assertThat(cases)
                .extracting(FanoutCase::name)
                .containsExactly(
                        "blackhole", "file", "http", "kafka", "parquet", "influxdb", "all at once");
        assertThat(cases).allMatch(each -> each.records() > 0 && each.cpuSeconds() > 0);
        assertThat(cases.get(6).lagBytes()).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void eightEncodesWantToRunWhileIngestIsMeasured() throws Exception {
        List<EncodesRound> rounds = new EncodesBench(settings(0.5), 0.5, 4, LiveLine.onErr()).run();

        assertThat(rounds).hasSize(1);
        assertThat(rounds.get(0).encodesBefore()).isEqualTo(8);
        assertThat(rounds.get(0).alonePerS()).isPositive();
        assertThat(rounds.get(0).amongPerS()).isPositive();
    }
}
