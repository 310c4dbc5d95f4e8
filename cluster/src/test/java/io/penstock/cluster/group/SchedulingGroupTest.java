package io.penstock.cluster.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.penstock.cluster.task.Resource;
import io.penstock.cluster.task.Units;
import org.junit.jupiter.api.Test;

class SchedulingGroupTest {

    @Test
    void needFollowsARiseQuicklyAndAFallSlowly() {
        Smoothing smoothing = new Smoothing(10_000, 100_000);

        assertThat(smoothing.next(1, 3, 10_000)).isCloseTo(2, within(1e-9));
        assertThat(smoothing.next(3, 1, 10_000)).isGreaterThan(2.8);
        assertThat(smoothing.next(3, 1, 100_000)).isCloseTo(2, within(1e-9));
        assertThat(new Smoothing(0, 0).next(3, 1, 1)).isEqualTo(1);
    }

    @Test
    void smoothingDoesNotDependOnHowOftenOneLooks() {
        Units need = Units.ZERO;
        Units measured = new Units(1, 2, 3, 4);
        for (int i = 0; i < 30; i++) {
            need = Smoothing.DEFAULT.next(need, measured, 1_000);
        }
        Units once = Smoothing.DEFAULT.next(Units.ZERO, measured, 30_000);

        assertThat(need.disk()).isCloseTo(once.disk(), within(1e-9));
        assertThat(once.disk()).isCloseTo(3, within(1e-9));
    }

    @Test
    void weightsAreSharesOfOne() {
        Weights weights = new Weights(1, 0, 3, 0, 2);

        assertThat(weights.share(Resource.CPU)).isEqualTo(0.25);
        assertThat(weights.share(Resource.NETWORK)).isEqualTo(0.75);
        assertThat(weights.spreadShare()).isEqualTo(0.5);
    }

    @Test
    void refusesWhatCannotBe() {
        SchedulingGroup group = SchedulingGroup.named("g");
        assertThatThrownBy(() -> SchedulingGroup.named("")).hasMessageContaining("no name");
        assertThatThrownBy(() -> group.leaving(1)).hasMessageContaining("headroom");
        assertThatThrownBy(() -> new Weights(0, 0, 0, 0, 1)).hasMessageContaining("at least one");
        assertThatThrownBy(() -> new Weights(-1, 1, 1, 1, 1)).hasMessageContaining("weight");
        assertThatThrownBy(() -> new Smoothing(-1, 0)).hasMessageContaining("half-life");
        assertThatThrownBy(
                        () ->
                                new SchedulingGroup(
                                        "g", Weights.DEFAULT, 0.2, 0.1, 0, 1, 0, Smoothing.DEFAULT))
                .hasMessageContaining("move cost");
    }
}
