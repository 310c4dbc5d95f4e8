package io.penstock.exporter.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.penstock.exporter.deadletter.DeadLetterConfig;
import io.penstock.exporter.pressure.BackOff;
import io.penstock.exporter.pressure.BatchLimits;
import io.penstock.exporter.pressure.PressureConfig;
import io.penstock.exporter.pressure.RateConfig;
import io.penstock.model.RepoName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExportSpecTest {
    private static final RepoName WEB = new RepoName("web");
    private static final SinkSpec SINK = new SinkSpec("blackhole", Map.of());

    @Test
    void becomesAnExportOfAnotherRepo() {
        ExportSpec template = ExportSpec.of("files", WEB, SINK);
        ExportSpec other = template.forRepo(new RepoName("api"));
        assertThat(other.repo()).hasToString("api");
        assertThat(other.forRepo(WEB)).isEqualTo(template);
    }

    @Test
    void refusesWhatIsOutOfRangeAndNamesTheKeyFirst() {
        refused("name", () -> ExportSpec.of("../x", WEB, SINK));
        refused("concurrency", () -> spec(0, 1));
        refused("concurrency", () -> spec(ExportSpec.MAX_CONCURRENCY + 1, 1));
        refused("timeout_ms", () -> spec(1, 0));
        refused("batch.max_records", () -> new BatchLimits(0, 1, 0));
        refused("batch.max_bytes", () -> new BatchLimits(1, 0, 0));
        refused("batch.linger_ms", () -> new BatchLimits(1, 1, -1));
        refused("dead_letters.max_bytes", () -> new DeadLetterConfig(1));
        refused("pressure.min_concurrency", () -> new PressureConfig(true, 0, 1, 1, 1));
        refused("pressure.min_batch_bytes", () -> new PressureConfig(true, 1, 0, 1, 1));
        refused("pressure.slow_after_ms", () -> new PressureConfig(true, 1, 1, 0, 1));
        refused("pressure.try_more_after_ms", () -> new PressureConfig(true, 1, 1, 1, 3_600_001));
        refused("rate.records_per_s", () -> new RateConfig(-1, 0));
        refused("rate.bytes_per_s", () -> new RateConfig(0, RateConfig.MAX_PER_S + 1));
        refused("sink.type", () -> new SinkSpec("", Map.of()));
    }

    @Test
    void slicesByRecordsAndByBytes() {
        BatchLimits limits = new BatchLimits(100, 1_000, 0);
        assertThat(limits.recordsPerSlice(50, 900)).isEqualTo(50);
        assertThat(limits.recordsPerSlice(500, 900)).isEqualTo(100);
        assertThat(limits.recordsPerSlice(50, 2_000)).isEqualTo(25);
        assertThat(limits.recordsPerSlice(2, 1 << 30)).isEqualTo(1);
    }

    private static ExportSpec spec(int concurrency, long timeoutMs) {
        return new ExportSpec(
                "files",
                WEB,
                SINK,
                List.of(),
                BatchLimits.defaults(),
                concurrency,
                PressureConfig.defaults(),
                RateConfig.none(),
                timeoutMs,
                BackOff.BUSY,
                WhenFull.BLOCK,
                DeadLetterConfig.defaults());
    }

    private static void refused(String key, Runnable making) {
        assertThatIllegalArgumentException().isThrownBy(making::run).withMessageStartingWith(key);
    }
}
