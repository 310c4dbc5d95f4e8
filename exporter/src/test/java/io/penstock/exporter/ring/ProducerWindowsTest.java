package io.penstock.exporter.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProducerWindowsTest {
    private final ProducerWindows windows = new ProducerWindows(3);

    @Test
    void remembersWhatWasStagedAndWhere() {
        assertThat(windows.admit(1, 10)).isEqualTo(ProducerWindows.NEW);
        assertThat(windows.admit(1, 10)).isEqualTo(ProducerWindows.PENDING);
        windows.staged(1, 10, 4096);
        assertThat(windows.admit(1, 10)).isEqualTo(4096);
        windows.staged(1, 10, 4096);
        assertThat(windows.highest(1)).isEqualTo(10);
        assertThat(windows.highest(2)).isZero();
    }

    @Test
    void admitsAgainWhatWasAbandoned() {
        assertThat(windows.admit(1, 10)).isEqualTo(ProducerWindows.NEW);
        windows.abandoned(1, 10);
        assertThat(windows.highest(1)).isZero();
        assertThat(windows.admit(1, 10)).isEqualTo(ProducerWindows.NEW);
        windows.staged(1, 10, 8);
        windows.abandoned(1, 10);
        assertThat(windows.admit(1, 10)).isEqualTo(8);
    }

    @Test
    void neverStagesTwiceWhatAnAbandonedOneTookThePlaceOf() {
        windows.staged(1, 10, 8);
        assertThat(windows.admit(1, 10 + ProducerWindows.WINDOW)).isEqualTo(ProducerWindows.NEW);
        windows.abandoned(1, 10 + ProducerWindows.WINDOW);
        assertThat(windows.admit(1, 10)).isEqualTo(ProducerWindows.WENT_BACK);
        assertThat(windows.admit(1, 11)).isEqualTo(ProducerWindows.NEW);
    }

    @Test
    void knowsTheEdgesOfTheWindow() {
        windows.staged(1, 1000, 8);
        assertThat(windows.admit(1, 1000 - ProducerWindows.WINDOW))
                .isEqualTo(ProducerWindows.WENT_BACK);
        assertThat(windows.admit(1, 1001 - ProducerWindows.WINDOW)).isEqualTo(ProducerWindows.NEW);
        assertThat(windows.admit(1, 1001 + ProducerWindows.WINDOW))
                .isEqualTo(ProducerWindows.JUMPED);
        assertThat(windows.admit(1, 1000 + ProducerWindows.WINDOW)).isEqualTo(ProducerWindows.NEW);
        assertThat(windows.admit(1, Long.MAX_VALUE)).isEqualTo(ProducerWindows.JUMPED);
    }

    @Test
    void takesNoNoticeOfNobody() {
        assertThat(windows.admit(0, 1)).isEqualTo(ProducerWindows.NEW);
        assertThat(windows.admit(0, 1)).isEqualTo(ProducerWindows.NEW);
        windows.staged(0, 1, 8);
        assertThat(windows.producers()).isZero();
    }

    @Test
    void forgetsTheLongestIdleButNobodyWhoIsAtWork() {
        assertThat(windows.admit(1, 5)).isEqualTo(ProducerWindows.NEW);
        windows.staged(2, 5, 8);
        windows.staged(3, 5, 16);
        windows.staged(4, 5, 24);
        assertThat(windows.producers()).isEqualTo(3);
        assertThat(windows.highest(2)).isZero();
        assertThat(windows.admit(1, 5)).isEqualTo(ProducerWindows.PENDING);
        assertThat(windows.admit(3, 6)).isEqualTo(ProducerWindows.NEW);
        assertThat(windows.admit(4, 6)).isEqualTo(ProducerWindows.NEW);
        assertThat(windows.admit(9, 1)).as("nobody to forget").isEqualTo(ProducerWindows.PENDING);
    }

    @Test
    void comesBackFromASnapshotWithWhatLiesBelowIt() {
        ProducerWindows big = new ProducerWindows(100);
        SplittableRandom random = new SplittableRandom(7);
        Map<Long, Long> below = new HashMap<>();
        for (long position = 0; position < 4000; position += 8) {
            long producer = random.nextLong(1, 6);
            long sequence = 1 + position / 16;
            big.staged(producer, sequence, position);
            big.admit(producer, sequence + 3);
            if (position < 2000) {
                below.put(producer * 10_000 + sequence, position);
            }
        }
        ProducerWindows back = new ProducerWindows(100);
        back.decode(big.encode(2000));
        assertThat(back.producers()).isEqualTo(5);
        for (long producer = 1; producer <= 5; producer++) {
            long highest = back.highest(producer);
            assertThat(below).containsKey(producer * 10_000 + highest);
            assertThat(back.admit(producer, highest)).isBetween(0L, 1999L);
        }
    }

    @Test
    void survivesExtremeSequences() {
        windows.staged(1, Long.MAX_VALUE, 8);
        windows.staged(2, Long.MIN_VALUE + 1, 8);
        ProducerWindows back = new ProducerWindows(3);
        back.decode(windows.encode(100));
        assertThat(back.admit(1, Long.MAX_VALUE)).isEqualTo(8);
        assertThat(back.producers()).isEqualTo(2);
    }

    @Test
    void letsTheOffsetsOfASourceLeapButStagesNoneTwice() {
        assertThat(windows.admitInOrder(1, 5000)).isEqualTo(ProducerWindows.NEW);
        assertThat(windows.admitInOrder(1, 9000)).isEqualTo(ProducerWindows.PENDING);
        windows.staged(1, 5000, 8);
        assertThat(windows.admitInOrder(1, 4999)).isEqualTo(8);
        assertThat(windows.admitInOrder(1, 900_000)).isEqualTo(ProducerWindows.NEW);
        windows.abandoned(1, 900_000);
        // cut anew after a refusal, and smaller
        assertThat(windows.admitInOrder(1, 5001)).isEqualTo(ProducerWindows.NEW);
        windows.staged(1, 5001, 16);
        assertThat(windows.highest(1)).isEqualTo(5001);
    }

    @Test
    void keepsTheHighestOffsetInASnapshotWhileALargerOneIsUnderWay() {
        windows.staged(1, 5000, 8);
        assertThat(windows.admitInOrder(1, 900_000)).isEqualTo(ProducerWindows.NEW);
        ProducerWindows back = new ProducerWindows(3);
        back.decode(windows.encode(100));
        assertThat(back.highest(1)).isEqualTo(5000);
        windows.staged(1, 900_000, 200);
        ProducerWindows later = new ProducerWindows(3);
        later.decode(windows.encode(100));
        assertThat(later.highest(1)).isEqualTo(5000);
    }
}
