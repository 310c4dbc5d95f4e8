package io.penstock.exporter.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Outcome.Cause;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Deliveries that nobody offered to the target. */
class AwayTest {
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int CONCURRENCY = 8;

    @Test
    void nothingIsLearntOfATargetThatWasNotAsked() {
        Pressure pressure =
                new Pressure(
                        new Pressure.Bounds(1, CONCURRENCY, 1 << 20, 1_000),
                        PressureConfig.defaults(),
                        new Rate(RateConfig.none(), 0),
                        failures -> failures * 1_000L,
                        change -> {
                            throw new AssertionError("a limit moved: " + change);
                        });
        long nowNs = 0;
        for (int i = 0; i < 50; i++) {
            Pressure.Start start = pressure.started(nowNs, 1, 1);
            pressure.refused(start, nowNs, false, new Outcome.Retry(100, "nobody", Cause.AWAY));
            assertThat(pressure.waitNs(nowNs)).isEqualTo(STEP_NS);
            nowNs += STEP_NS;
        }
        assertThat(pressure.window()).isEqualTo(CONCURRENCY);
        assertThat(pressure.waitNs(nowNs)).isZero();
        Pressure.Start start = pressure.started(nowNs, 1, 1);
        pressure.refused(
                start, nowNs, false, new Outcome.Retry(Outcome.Retry.BACK_OFF, "down", Cause.DOWN));
        assertThat(pressure.waitNs(nowNs))
                .as("the first failure in a row")
                .isEqualTo(TimeUnit.SECONDS.toNanos(1));
    }
}
