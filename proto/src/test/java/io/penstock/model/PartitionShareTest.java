package io.penstock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitionShareTest {

    @Test
    void theSharesOfALevelHaveEachPartitionOnce() {
        for (int level = 0; level <= PartitionShare.MAX_LEVEL; level++) {
            List<PartitionShare> all = level(level);
            assertThat(all)
                    .hasSize(1 << level)
                    .allMatch(share -> !share.overlaps(all.get(0)) || share.equals(all.get(0)));
            for (int partition = 0; partition < 50; partition++) {
                int at = partition;
                assertThat(all).filteredOn(share -> share.has("orders", at)).hasSize(1);
            }
        }
    }

    @Test
    void sharesOverlapExactlyWhenSomePartitionIsInBoth() {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("PartitionShareTest: -Dpenstock.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 2_000; round++) {
            PartitionShare a = new PartitionShare(random.nextInt(PartitionShare.MAX_NUMBER + 1));
            PartitionShare b = new PartitionShare(random.nextInt(PartitionShare.MAX_NUMBER + 1));
            boolean common =
                    IntStream.range(0, 1 << PartitionShare.MAX_LEVEL)
                            .anyMatch(p -> a.has("t", p) && b.has("t", p));
            assertThat(a.overlaps(b)).as("%s, %s", a, b).isEqualTo(common);
            assertThat(b.overlaps(a)).isEqualTo(common);
        }
    }

    @Test
    void partitionsAreEvenlySpreadOverSharesAndTheirParts() {
        for (PartitionShare share : level(2)) {
            List<Integer> its =
                    IntStream.range(0, 48).filter(p -> share.has("orders", p)).boxed().toList();
            assertThat(its).hasSize(12);
            for (int part = 0; part < 3; part++) {
                int at = part;
                assertThat(its).filteredOn(p -> share.part("orders", p, 3) == at).hasSize(4);
            }
        }
        long first =
                IntStream.range(0, 400)
                        .filter(topic -> PartitionShare.of(2, 0).has("topic-" + topic, 0))
                        .count();
        assertThat(first).as("topics of one partition").isBetween(50L, 150L);
    }

    @Test
    void aLevelHasRoomForSoManyShares() {
        assertThat(PartitionShare.levelFor(0)).isZero();
        assertThat(PartitionShare.levelFor(1)).isZero();
        assertThat(PartitionShare.levelFor(2)).isEqualTo(1);
        assertThat(PartitionShare.levelFor(3)).isEqualTo(2);
        assertThat(PartitionShare.levelFor(4)).isEqualTo(2);
        assertThat(PartitionShare.levelFor(5)).isEqualTo(3);
        assertThat(PartitionShare.levelFor(1 << 20)).isEqualTo(PartitionShare.MAX_LEVEL);
        assertThat(new PartitionShare(0).level()).isZero();
        assertThat(new PartitionShare(2).level()).isEqualTo(1);
        assertThat(new PartitionShare(PartitionShare.MAX_NUMBER).level())
                .isEqualTo(PartitionShare.MAX_LEVEL);
        assertThatThrownBy(() -> new PartitionShare(PartitionShare.MAX_NUMBER + 1))
                .hasMessageContaining("no share of partitions");
    }

    private static List<PartitionShare> level(int level) {
        return IntStream.range(0, 1 << level).mapToObj(r -> PartitionShare.of(level, r)).toList();
    }
}
