package io.penstock.exporter.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LevelsTest {
    private final Levels levels = new Levels(1, 32);

    @Test
    void climbAndDescendTheSameLadder() {
        int[] up = IntStream.iterate(1, levels::above).limit(11).toArray();
        assertThat(up).containsExactly(1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 32);
        int[] down = IntStream.iterate(32, levels::below).limit(11).toArray();
        assertThat(down).containsExactly(32, 24, 16, 12, 8, 6, 4, 3, 2, 1, 1);
    }

    @Test
    void stayBetweenTheirBounds() {
        Levels narrow = new Levels(3, 7);
        for (int level = 3; level <= 7; level++) {
            assertThat(narrow.above(level)).isBetween(Math.min(7, level + 1), 7);
            assertThat(narrow.below(level)).isBetween(3, Math.max(3, level - 1));
            assertThat(narrow.half(level)).isBetween(3, level);
        }
        assertThat(new Levels(4, 1).below(1)).isEqualTo(1);
    }
}
