package io.penstock.cluster.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.TaskKey;
import io.penstock.model.PartitionShare;
import io.penstock.model.RepoName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SourceSharesTest {
    private static final RepoName REPO = new RepoName("orders");
    private static final double STANDARD = ShareCount.STANDARD_BYTES_PER_S;
    private static final int PARTITIONS = 24;

    private static ExportDemand source(double rate, int partitions) {
        return ExportDemand.plain(REPO, TaskKey.ofSource("in"), "default", rate, rate)
                .over(partitions);
    }

    private static TaskKey task(int share) {
        return new TaskKey(REPO, TaskKey.ofSource("in"), share);
    }

    private static Set<Integer> shares(TaskScanner.Scan scan) {
        return scan.tasks().stream().map(task -> task.key().share()).collect(Collectors.toSet());
    }

    @Test
    void anIdleSourceIsOneTaskAndABusyOneAsManyAsItHasPartitionsAtTheMost() {
        assertThat(shares(TaskScanner.scan(List.of(source(0, 6)), Map.of()))).containsExactly(0);
        TaskScanner.Scan busy =
                TaskScanner.scan(List.of(source(3 * STANDARD, 24)), Map.of(), Set.of());
        assertThat(shares(busy)).containsExactlyInAnyOrder(3, 4, 5, 6);
        assertThat(busy.waits()).isFalse();
        assertThat(busy.tasks().get(0).need().network())
                .isEqualTo(NeedModel.DEFAULT.of(3 * STANDARD / 4).network());
        assertThat(shares(TaskScanner.scan(List.of(source(90 * STANDARD, 2)), Map.of())))
                .containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void anExportAndASourceOfOneNameAreTwo() {
        TaskScanner.Scan scan =
                TaskScanner.scan(
                        List.of(
                                source(2 * STANDARD, 9),
                                ExportDemand.plain(REPO, "in", "default", 0, 0)),
                        Map.of());
        assertThat(scan.tasks())
                .extracting(each -> each.key().toString())
                .containsExactlyInAnyOrder(
                        "orders/in#0", "orders/source:in#1", "orders/source:in#2");
    }

    @Test
    void sharesOfAnotherLevelBeginWhenThoseWithTheirPartitionsHaveEnded() {
        Map<TaskKey, ShareCount> two = Map.of(task(0), new ShareCount(2, 2, 2, 0));
        List<ExportDemand> hot = List.of(source(4 * STANDARD, PARTITIONS));

        TaskScanner.Scan first = TaskScanner.scan(hot, two, Set.of(task(1), task(2)));
        assertThat(shares(first)).isEmpty();
        assertThat(first.waits()).isTrue();

        // 1 has the even places, which are those of 3 and 5
        TaskScanner.Scan half = TaskScanner.scan(hot, first.counts(), Set.of(task(2)));
        assertThat(shares(half)).containsExactlyInAnyOrder(3, 5);

        TaskScanner.Scan all = TaskScanner.scan(hot, half.counts(), Set.of(task(3), task(5)));
        assertThat(shares(all)).containsExactlyInAnyOrder(3, 4, 5, 6);
        assertThat(all.waits()).isFalse();
    }

    /** Tasks end when they like; rates, partitions and what a new leader remembers change. */
    @Test
    void noPartitionIsEverInTwoTasksAndInTheEndEachIsInOne() {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("SourceSharesTest: -Dpenstock.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        Map<TaskKey, ShareCount> counts = new HashMap<>();
        Set<TaskKey> running = new HashSet<>();
        for (int round = 0; round < 3_000; round++) {
            boolean isQuiet = round % 100 > 80;
            double rate = isQuiet ? 5 * STANDARD : random.nextDouble(40 * STANDARD);
            int partitions = isQuiet ? PARTITIONS : random.nextInt(1, PARTITIONS + 1);
            TaskScanner.Scan scan =
                    TaskScanner.scan(List.of(source(rate, partitions)), counts, running);
            counts = scan.counts();
            Set<TaskKey> wanted =
                    scan.tasks().stream().map(each -> each.key()).collect(Collectors.toSet());
            running.removeIf(each -> !wanted.contains(each) && (isQuiet || random.nextBoolean()));
            wanted.stream().filter(each -> random.nextInt(4) > 0).forEach(running::add);
            assertApart(running);
            if (round % 100 == 99) {
                assertWhole(wanted);
            }
        }
    }

    private static void assertApart(Set<TaskKey> tasks) {
        for (int p = 0; p < PARTITIONS; p++) {
            int at = p;
            assertThat(tasks).filteredOn(task -> has(task, at)).hasSizeLessThanOrEqualTo(1);
        }
    }

    private static void assertWhole(Set<TaskKey> tasks) {
        for (int p = 0; p < PARTITIONS; p++) {
            int at = p;
            assertThat(tasks).filteredOn(task -> has(task, at)).hasSize(1);
        }
    }

    private static boolean has(TaskKey task, int partition) {
        return new PartitionShare(task.share()).has("t", partition);
    }
}
