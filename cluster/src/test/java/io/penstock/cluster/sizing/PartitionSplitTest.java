package io.penstock.cluster.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartitionSplitTest {
    private static final int[] NONE = {};

    @Test
    void equalPartitionsAreDealtEvenly() {
        int[] owner = PartitionSplit.deal(new double[12], NONE, 4);

        assertThat(counts(owner, 4)).containsOnly(3);
    }

    @Test
    void aHotPartitionStandsAlone() {
        int[] owner = PartitionSplit.deal(new double[] {1, 30, 1, 1, 1}, NONE, 2);

        assertThat(counts(owner, 2)[owner[1]]).isEqualTo(1);
    }

    @Test
    void whatIsFairStaysWhereItIs() {
        double[] rates = {1, 1.1, 0.9, 1, 1, 1};
        int[] before = {1, 0, 1, 0, 1, 0};

        assertThat(PartitionSplit.deal(rates, before, 2)).containsExactly(before);
    }

    @Test
    void aTaskThatIsAddedGetsPartitionsAndOnlyThoseMove() {
        double[] rates = {1, 1, 1, 1, 1, 1, 1, 1, 1};
        int[] before = PartitionSplit.deal(rates, NONE, 2);

        int[] after = PartitionSplit.deal(rates, before, 3);

        assertThat(counts(after, 3)).containsOnly(3);
        for (int p = 0; p < rates.length; p++) {
            assertThat(after[p] == before[p] || after[p] == 2).isTrue();
        }
    }

    @Test
    void theSharesOfATaskThatGoesAreDealtToTheOthers() {
        int[] before = {0, 1, 2, 0, 1, 2};

        int[] after = PartitionSplit.deal(new double[6], before, 2);

        assertThat(counts(after, 2)).containsOnly(3);
        assertThat(new int[] {after[0], after[1], after[3], after[4]}).containsExactly(0, 1, 0, 1);
    }

    @Test
    void everyShareHasAPartitionAndDealingAgainChangesNothing() {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("PartitionSplitTest: -Dpenstock.seed=" + seed);
        Random random = new Random(seed);
        int[] before = NONE;
        for (int round = 0; round < 2_000; round++) {
            int shares = 1 + random.nextInt(10);
            double[] rates = new double[shares + random.nextInt(40)];
            Arrays.setAll(rates, p -> random.nextInt(3) == 0 ? 0 : random.nextDouble() * 10);

            int[] owner = PartitionSplit.deal(rates, before, shares);

            assertThat(counts(owner, shares)).as("seed %d", seed).doesNotContain(0);
            assertThat(PartitionSplit.deal(rates, owner, shares))
                    .as("seed %d", seed)
                    .containsExactly(owner);
            before = owner;
        }
    }

    @Test
    void refusesToDealToNobody() {
        assertThatThrownBy(() -> PartitionSplit.deal(new double[3], NONE, 0))
                .hasMessageContaining("no tasks");
    }

    private static int[] counts(int[] owner, int shares) {
        int[] counts = new int[shares];
        for (int share : owner) {
            counts[share]++;
        }
        return counts;
    }
}
