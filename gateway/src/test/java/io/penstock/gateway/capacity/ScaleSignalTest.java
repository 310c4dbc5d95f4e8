package io.penstock.gateway.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ScaleSignalTest {
    private static final long UP_MS = 300_000;
    private static final long DOWN_MS = 1_800_000;
    private static final long STEP_MS = 15_000;

    private final ScaleSignal signal = new ScaleSignal(0.8, 0.5, UP_MS, DOWN_MS);
    private long nowMs;

    /** So long; how often the number changed. */
    private int hold(int nodes, double used, long forMs) {
        int changes = 0;
        for (long endMs = nowMs + forMs; nowMs < endMs; nowMs += STEP_MS) {
            changes += signal.observe(nowMs, nodes, used) ? 1 : 0;
        }
        return changes;
    }

    @Test
    void oneMoreAfterItHasBeenHighForAWhile() {
        hold(1, 0.6, UP_MS);
        assertThat(signal.wanted()).isEqualTo(1);
        hold(1, 0.9, UP_MS);
        assertThat(signal.wanted()).as("not yet").isEqualTo(1);
        assertThat(hold(1, 0.9, STEP_MS * 2)).isEqualTo(1);
        assertThat(signal.wanted()).isEqualTo(2);
        hold(2, 0.9, UP_MS);
        assertThat(signal.wanted()).as("it has come").isEqualTo(2);
    }

    @Test
    void aPeakThatPassesChangesNothing() {
        for (int i = 0; i < 20; i++) {
            assertThat(hold(2, 1.9, UP_MS - STEP_MS)).isZero();
            assertThat(hold(2, 1.4, STEP_MS)).isZero();
        }
        assertThat(signal.wanted()).isEqualTo(2);
    }

    @Test
    void asManyAsAreNeededAtOnceAndOneLessAtATime() {
        hold(2, 2.0, UP_MS + 2 * STEP_MS);
        assertThat(signal.wanted()).as("2.0 / 0.65").isEqualTo(4);
        hold(4, 1.0, DOWN_MS + 2 * STEP_MS);
        assertThat(signal.wanted()).isEqualTo(3);
        hold(3, 0.9, DOWN_MS + 2 * STEP_MS);
        assertThat(signal.wanted()).isEqualTo(2);
        hold(2, 0.9, DOWN_MS + 2 * STEP_MS);
        assertThat(signal.wanted()).as("0.9 on one node is above low").isEqualTo(2);
    }

    @Test
    void whatIsWantedStaysWantedInBetweenAndGoesWhenItIsNot() {
        hold(1, 0.9, UP_MS + 2 * STEP_MS);
        hold(1, 0.7, DOWN_MS);
        assertThat(signal.wanted()).as("below high, above low: no flapping").isEqualTo(2);
        hold(1, 0.4, DOWN_MS + 2 * STEP_MS);
        assertThat(signal.wanted()).isEqualTo(1);
    }

    @Test
    void whatAPersonAddedIsNotTakenBackAtOnceAndWhoIsLostStaysWanted() {
        hold(1, 0.3, STEP_MS);
        hold(3, 0.3, DOWN_MS - STEP_MS);
        assertThat(signal.wanted()).isEqualTo(3);
        hold(3, 0.3, 3 * STEP_MS);
        assertThat(signal.wanted()).isEqualTo(2);
        hold(2, 1.55, UP_MS);
        hold(1, 0.75, UP_MS * 2);
        assertThat(signal.wanted()).as("one of two is lost").isEqualTo(2);
    }

    @Test
    void whatWasToGoStaysWhenTheLoadComesBack() {
        hold(4, 1.0, DOWN_MS + 2 * STEP_MS);
        assertThat(signal.wanted()).isEqualTo(3);
        hold(4, 2.5, UP_MS + 2 * STEP_MS);
        assertThat(signal.wanted()).as("too much for three").isEqualTo(4);
    }

    @Test
    void aNoisyLoadAroundTheLineChangesItOnce() {
        Random random = new Random(Long.getLong("penstock.seed", 7));
        int changes = 0;
        for (int i = 0; i < 2_000; i++) {
            changes += hold(2, 1.6 + 0.3 * random.nextGaussian(), STEP_MS);
        }
        assertThat(changes).isLessThanOrEqualTo(2);
    }
}
