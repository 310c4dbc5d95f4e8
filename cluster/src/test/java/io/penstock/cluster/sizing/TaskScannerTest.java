package io.penstock.cluster.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.penstock.cluster.TaskKey;
import io.penstock.cluster.sizing.TaskScanner.Scan;
import io.penstock.cluster.task.Sizing;
import io.penstock.cluster.task.Task;
import io.penstock.model.RepoName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskScannerTest {
    private static final RepoName REPO = new RepoName("orders");
    private static final double STANDARD = ShareCount.STANDARD_BYTES_PER_S;

    @Test
    void anExportOfTenTimesTheRateIsTenTasks() {
        Scan scan =
                TaskScanner.scan(
                        List.of(demand("a", STANDARD), demand("b", 10 * STANDARD)), Map.of());

        assertThat(scan.tasks()).filteredOn(task -> task.key().export().equals("a")).hasSize(1);
        assertThat(scan.tasks()).filteredOn(task -> task.key().export().equals("b")).hasSize(10);
        double network = scan.tasks().get(0).need().network();
        assertThat(scan.tasks()).allMatch(task -> Math.abs(task.need().network() - network) < 1e-9);
    }

    @Test
    void anIdleExportIsOneTaskThatNeedsLittle() {
        Scan scan = TaskScanner.scan(List.of(demand("a", 0)), Map.of());

        assertThat(scan.tasks()).hasSize(1);
        assertThat(scan.tasks().get(0).need()).isEqualTo(NeedModel.DEFAULT.idle());
    }

    @Test
    void aHotExportSplitsAtOnceAndOnlyBeyondTheMargin() {
        Scan first = TaskScanner.scan(List.of(demand("a", 2 * STANDARD)), Map.of());
        Scan warm = TaskScanner.scan(List.of(demand("a", 2.4 * STANDARD)), first.counts());
        Scan hot = TaskScanner.scan(List.of(demand("a", 2.6 * STANDARD)), warm.counts());

        assertThat(warm.tasks()).hasSize(2);
        assertThat(hot.tasks()).hasSize(3);
        assertThat(hot.tasks()).allMatch(task -> task.sizing() == Sizing.SPLITTING);
    }

    @Test
    void idleTasksMergeAfterAWhileAndHandOverFirst() {
        Map<TaskKey, ShareCount> counts =
                TaskScanner.scan(List.of(demand("a", 10 * STANDARD)), Map.of()).counts();
        for (int round = 1; round < ShareCount.IDLE_ROUNDS; round++) {
            Scan scan = TaskScanner.scan(List.of(demand("a", STANDARD)), counts);
            assertThat(scan.tasks()).hasSize(10).allMatch(task -> task.sizing() == Sizing.STEADY);
            counts = scan.counts();
        }
        Scan merging = TaskScanner.scan(List.of(demand("a", STANDARD)), counts);
        Scan merged = TaskScanner.scan(List.of(demand("a", STANDARD)), merging.counts());

        assertThat(merging.tasks()).hasSize(10);
        assertThat(merging.tasks())
                .filteredOn(task -> task.sizing() == Sizing.MERGING)
                .extracting(task -> task.key().share())
                .containsExactly(2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(merged.tasks()).extracting(task -> task.key().share()).containsExactly(0, 1);
    }

    @Test
    void aRateAtTheBorderNeitherSplitsNorMerges() {
        Map<TaskKey, ShareCount> counts =
                TaskScanner.scan(List.of(demand("a", 4 * STANDARD)), Map.of()).counts();
        for (int round = 0; round < 50; round++) {
            double rate = (round % 2 == 0 ? 4.6 : 3.4) * STANDARD;
            Scan scan = TaskScanner.scan(List.of(demand("a", rate)), counts);
            assertThat(scan.tasks()).hasSize(4);
            counts = scan.counts();
        }
    }

    @Test
    void aLullThatEndsInTimeMergesNothing() {
        Map<TaskKey, ShareCount> counts =
                TaskScanner.scan(List.of(demand("a", 10 * STANDARD)), Map.of()).counts();
        for (int round = 0; round < 40; round++) {
            double rate = (round % 4 == 3 ? 10 : 1) * STANDARD;
            Scan scan = TaskScanner.scan(List.of(demand("a", rate)), counts);
            assertThat(scan.tasks()).hasSize(10);
            counts = scan.counts();
        }
    }

    @Test
    void partitionsBoundTheTasks() {
        Scan scan = TaskScanner.scan(List.of(demand("a", 50 * STANDARD).over(12)), Map.of());
        assertThat(scan.tasks()).hasSize(12);

        Scan fewer = TaskScanner.scan(List.of(demand("a", 50 * STANDARD).over(5)), scan.counts());
        assertThat(fewer.tasks()).hasSize(5);
    }

    @Test
    void aPeakToComeSplitsNowAndIsPlannedFor() {
        ExportDemand morning = ExportDemand.plain(REPO, "a", "default", STANDARD, 4 * STANDARD);

        Scan scan = TaskScanner.scan(List.of(morning), Map.of());
        Task task = scan.tasks().get(0);

        assertThat(scan.tasks()).hasSize(4);
        assertThat(task.need().network()).isCloseTo(0.5, within(1e-9));
        assertThat(scan.forecast().of(task).network()).isCloseTo(2, within(1e-9));
        assertThat(scan.forecast().of(scan.tasks().get(3))).isEqualTo(scan.forecast().of(task));
    }

    @Test
    void refusesAnExportThatIsThereTwiceAndRatesThatCannotBe() {
        assertThatThrownBy(
                        () -> TaskScanner.scan(List.of(demand("a", 1), demand("a", 2)), Map.of()))
                .hasMessageContaining("orders/a#0 is there twice");
        assertThatThrownBy(() -> ExportDemand.plain(REPO, "a", "default", 2, 1))
                .hasMessageContaining("rates of orders/a");
    }

    private static ExportDemand demand(String export, double rate) {
        return ExportDemand.plain(REPO, export, "default", rate, rate);
    }
}
