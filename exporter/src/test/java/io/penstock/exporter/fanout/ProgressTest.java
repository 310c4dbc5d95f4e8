package io.penstock.exporter.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.ring.RingCursor;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final long seed = Long.getLong("penstock.seed", new SplittableRandom().nextLong());
    private final SplittableRandom random = new SplittableRandom(seed);

    private static Progress decoded(Progress progress, int records) {
        return Progress.decode(Objects.requireNonNull(progress.encode()), records);
    }

    @Test
    void keepsThePiecesAndWhatBecameOfTheOthers() {
        Progress progress = new Progress(100_000);
        progress.settle(0, 10_000);
        progress.apart(10_000, 12_500);
        progress.apart(12_500, 15_000);
        progress.settle(15_000, 20_000);
        progress.count(14_990, 10);
        progress.kept(10_000, 10_001);
        progress.apart(10_001, 12_500);
        Progress read = decoded(progress, 100_000);
        assertThat(read.open())
                .containsExactly(
                        new Progress.Piece(10_001, 12_500, false),
                        new Progress.Piece(12_500, 15_000, false),
                        new Progress.Piece(20_000, 100_000, true));
        assertThat(read.delivered()).isEqualTo(14_990);
        assertThat(read.dropped()).isEqualTo(10);
        assertThat(read.deadLettered()).isEqualTo(1);
        assertThat(read.isOpen(12_400, 15_000)).isTrue();
        assertThat(read.isOpen(10_000, 12_500)).isFalse();
        assertThat(read.isOpen(14_999, 15_001)).isFalse();
        assertThat(read.isOpen(99_999, 100_001)).isFalse();
    }

    /** Against a plain array, through the note after each step. */
    @Test
    void agreesWithAnArrayOfRecordsWhateverIsSettled() {
        System.out.println("penstock.seed=" + seed);
        for (int round = 0; round < 300; round++) {
            int records = random.nextInt(1, 200);
            boolean[] settled = new boolean[records];
            Progress progress = new Progress(records);
            for (int step = 0; step < 40; step++) {
                int from = random.nextInt(records);
                int to = random.nextInt(from, records) + 1;
                if (!progress.isOpen(from, to)) {
                    assertThat(count(settled, from, to)).as("seed %d", seed).isPositive();
                } else if (random.nextInt(3) == 0) {
                    progress.apart(from, to);
                } else {
                    Arrays.fill(settled, from, to, true);
                    progress.settle(from, to);
                    progress.count(to - from, 0);
                }
                progress = decoded(progress, records);
                boolean[] open = new boolean[records];
                for (Progress.Piece piece : progress.open()) {
                    Arrays.fill(open, piece.from(), piece.to(), true);
                }
                for (int i = 0; i < records; i++) {
                    assertThat(open[i]).as("seed %d", seed).isEqualTo(!settled[i]);
                }
            }
        }
    }

    private static int count(boolean[] of, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += of[i] ? 1 : 0;
        }
        return count;
    }

    @Test
    void isNotNotedWhenItLiesInTooManyPieces() {
        Progress progress = new Progress(1_000);
        int settled = 0;
        byte[] noted = progress.encode();
        while (noted != null) {
            assertThat(noted).hasSizeLessThanOrEqualTo(RingCursor.MAX_PROGRESS_BYTES);
            progress.settle(2 * settled, 2 * settled + 1);
            progress.count(1, 0);
            settled++;
            noted = progress.encode();
        }
        assertThat(settled).isBetween(95, 108);
        progress.settle(0, 999);
        progress.count(999 - settled, 0);
        assertThat(decoded(progress, 1_000).open())
                .containsExactly(new Progress.Piece(999, 1_000, true));
    }

    @Test
    void takesNothingForSettledThatItDoesNotUnderstand() {
        Progress progress = new Progress(500);
        progress.settle(100, 200);
        progress.count(99, 1);
        byte[] good = Objects.requireNonNull(progress.encode());
        for (int length = 0; length < good.length; length++) {
            assertWhole(Progress.decode(Arrays.copyOf(good, length), 500), 500);
        }
        assertWhole(Progress.decode(good, 499), 499);
        byte[] newer = good.clone();
        newer[0]++;
        assertWhole(Progress.decode(newer, 500), 500);
        System.out.println("penstock.seed=" + seed);
        for (int i = 0; i < 3_000; i++) {
            byte[] garbage = new byte[random.nextInt(1, 60)];
            for (int at = 1; at < garbage.length; at++) {
                garbage[at] = (byte) random.nextInt(256);
            }
            garbage[0] = 1;
            Progress.decode(garbage, 500);
        }
    }

    private static void assertWhole(Progress progress, int records) {
        assertThat(progress.open()).containsExactly(new Progress.Piece(0, records, true));
        assertThat(progress.delivered() + progress.dropped() + progress.deadLettered()).isZero();
    }
}
