package io.penstock.perf.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final String TASK = "r/out";
    private static final long LEASE_MS = 2_400;

    /** A node that is asked every 100 ms, answers at once, and runs the task in between. */
    private static List<Sight> runs(int fromMs, int toMs, int untilMs) {
        List<Sight> sights = new ArrayList<>();
        for (int ms = 0; ms < untilMs; ms += 100) {
            sights.add(sight(ms, ms >= fromMs && ms < toMs, LEASE_MS, 0));
        }
        return sights;
    }

    private static Sight sight(long ms, boolean runs, long leaseLeftMs, long lapses) {
        Set<String> running = runs ? Set.of(TASK) : Set.of();
        return new Sight(ns(ms), ns(ms + 5), "1.1", running, leaseLeftMs, lapses, "a", false);
    }

    private static long ns(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }

    @Test
    void aTaskThatIsHandedOverRanOnOneNodeAtATime() {
        Timeline timeline =
                new Timeline(Map.of("a", runs(0, 1_000, 3_000), "b", runs(1_000, 3_000, 3_000)));

        assertThat(timeline.runTwice()).isEmpty();
    }

    @Test
    void aTaskOnTwoNodesIsSeen() {
        Timeline timeline =
                new Timeline(Map.of("a", runs(0, 1_500, 3_000), "b", runs(1_000, 3_000, 3_000)));

        assertThat(timeline.runTwice())
                .hasSize(1)
                .first()
                .asString()
                .contains("task r/out ran on a and b at once, for 395 ms");
    }

    @Test
    void aPausedNodeIsNotTakenToRunWhatItRanBefore() {
        List<Sight> paused = new ArrayList<>(runs(0, 1_000, 1_000));
        paused.add(sight(7_000, true, LEASE_MS, 1));
        Timeline timeline = new Timeline(Map.of("a", paused, "b", runs(3_500, 6_900, 8_000)));

        assertThat(timeline.runTwice()).isEmpty();
        assertThat(timeline.lapses("a")).isEqualTo(1);
    }

    @Test
    void lapsesAreCountedOverTheStartsOfANode() {
        List<Sight> sights =
                List.of(
                        sight(0, true, LEASE_MS, 0),
                        sight(100, true, 0, 2),
                        sight(5_000, true, LEASE_MS, 0),
                        sight(5_100, true, LEASE_MS, 1));

        assertThat(new Timeline(Map.of("a", sights)).lapses("a")).isEqualTo(3);
    }

    @Test
    void anOwnerMayDeliverAndOthersMayNot() {
        Timeline timeline =
                new Timeline(Map.of("a", runs(0, 1_000, 3_000), "b", runs(1_000, 3_000, 3_000)));

        assertThat(timeline.mayDeliver("a", TASK, ns(500))).isTrue();
        assertThat(timeline.mayDeliver("a", TASK, ns(1_100))).isTrue(); // was on its way
        assertThat(timeline.mayDeliver("a", TASK, ns(2_000))).isFalse();
        assertThat(timeline.mayDeliver("b", TASK, ns(2_000))).isTrue();
        assertThat(timeline.mayDeliver("c", TASK, ns(500))).isFalse();
        assertThat(timeline.mayDeliver("a", "other/out", ns(500))).isFalse();
    }

    @Test
    void aZombieThatDeliversAfterItsLeaseIsSeen() {
        List<Sight> paused = new ArrayList<>(runs(0, 1_000, 1_000));
        paused.add(sight(7_100, false, LEASE_MS, 1));
        Timeline timeline = new Timeline(Map.of("a", paused));

        assertThat(timeline.mayDeliver("a", TASK, ns(2_500))).isTrue(); // under its lease
        assertThat(timeline.mayDeliver("a", TASK, ns(7_010))).isFalse();
    }
}
