package io.penstock.exporter.stage;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;

class StageConfigTest {

    @Test
    void defaultsAreValid() {
        assertThatNoException()
                .isThrownBy(
                        () -> {
                            RingConfig.defaults();
                            StagingConfig.defaults();
                            SyncConfig.defaults();
                        });
    }

    @Test
    void refusesWhatIsOutOfRangeAndNamesTheKeyFirst() {
        refused("ring.segment_bytes", () -> new RingConfig(100_000, 1 << 20, 1 << 20, 1, 1));
        refused("ring.segment_bytes", () -> new RingConfig(32 << 10, 1 << 20, 1 << 20, 1, 1));
        refused("ring.resident_bytes", () -> new RingConfig(64 << 10, 1, 1 << 20, 1, 1));
        refused("ring.max_bytes", () -> new RingConfig(64 << 10, 64 << 10, 128 << 10, 1, 1));
        refused("ring.idle_close_ms", () -> new RingConfig(64 << 10, 64 << 10, 1 << 20, 0, 1));
        refused("ring.max_producers", () -> new RingConfig(64 << 10, 64 << 10, 1 << 20, 1, 0));
        refused("staging.max_bytes", () -> new StagingConfig(1, 1, 1, 1, 1, 1));
        refused("staging.max_repos", () -> new StagingConfig(1 << 20, 0, 1, 1, 1, 1));
        refused("sync.interval_ms", () -> new SyncConfig(-1));
    }

    private static void refused(String key, Runnable making) {
        assertThatIllegalArgumentException().isThrownBy(making::run).withMessageStartingWith(key);
    }
}
