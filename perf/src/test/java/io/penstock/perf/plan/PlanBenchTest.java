package io.penstock.perf.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlanBenchTest {

    @Test
    void plansAreEvenAndMoveNoMoreThanTheyMust() {
        List<PlanResult> results = new PlanBench(1_000, 100_000, 7, 0, 1, name -> {}).run();

        assertThat(results).extracting(PlanResult::name).hasSize(5).doesNotHaveDuplicates();
        assertThat(results).allMatch(result -> result.balance() <= 1.1);
        PlanResult noChange = results.get(1);
        PlanResult death = results.get(2);
        PlanResult join = results.get(3);
        assertThat(noChange.moves()).isZero();
        assertThat(death.moves()).isBetween(1, (int) (death.expected() * 1.05));
        assertThat(join.moves()).isBetween(1, (int) (join.expected() * 1.05));
        assertThat(join.least()).isGreaterThanOrEqualTo(0.9);
    }
}
