package io.penstock.gateway.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One alert, by a clock of its own: bad from 100 on for 10 s, clear below 50 for 20 s. */
class StepsTest {
    private static final Subject SUBJECT = new Subject("web", "out");
    private static final Rule RULE =
            new Rule(Condition.LAG_AGE, 100, 50, 10_000, 20_000, Severity.WARNING);
    private static final long BEGIN = 1_700_000_000_000L;

    private @Nullable Alert alert;
    private long nowMs = BEGIN;

    private static Reading reading(double value) {
        return new Reading(Condition.LAG_AGE, SUBJECT, value, "", "");
    }

    /** A value for so many seconds, and the states of each. */
    private List<String> read(double value, int seconds) {
        List<String> states = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            alert = Steps.next(alert, "id", reading(value), RULE, nowMs);
            nowMs += 1000;
            states.add(state());
            if (alert != null && alert.state() == State.RESOLVED) {
                alert = null;
            }
        }
        return states;
    }

    private String state() {
        return alert == null ? "inactive" : alert.state().word();
    }

    @Test
    void firesWhenItIsBadForTheHoldAndNotBefore() {
        assertThat(read(99.9, 5)).containsOnly("inactive");
        assertThat(read(100, 10)).containsOnly("pending");
        assertThat(read(100, 1)).containsExactly("firing");
    }

    @Test
    void aMomentThatIsNotBadBeginsTheHoldAnew() {
        read(100, 9);
        assertThat(read(99, 1)).containsExactly("inactive");
        assertThat(read(100, 10)).containsOnly("pending");
    }

    @Test
    void betweenTheTwoValuesNothingChanges() {
        read(100, 11);
        assertThat(read(60, 100)).containsOnly("firing");
        assertThat(read(49, 20)).containsOnly("firing");
        assertThat(read(49, 1)).containsExactly("resolved");
        assertThat(read(60, 100)).containsOnly("inactive");
    }

    @Test
    void flappingFiresOnceAndIsResolvedOnce() {
        int fired = 0;
        int resolved = 0;
        String before = "inactive";
        for (int turn = 0; turn < 50; turn++) {
            for (String state : read(turn % 2 == 0 ? 200 : 0, turn % 2 == 0 ? 12 : 15)) {
                fired += !before.equals("firing") && state.equals("firing") ? 1 : 0;
                resolved += state.equals("resolved") ? 1 : 0;
                before = state;
            }
        }
        assertThat(fired).isEqualTo(1);
        assertThat(resolved).isZero();
        assertThat(read(0, 6)).last().isEqualTo("resolved");
    }

    @Test
    void lowIsBadWhereTheConditionSaysSo() {
        Rule rule = Condition.CERTIFICATE.usualRule();
        assertThat(rule.isBad(14)).isTrue();
        assertThat(rule.isBad(-3)).isTrue();
        assertThat(rule.isBad(14.5)).isFalse();
        assertThat(rule.isClear(14.5)).isFalse();
        assertThat(rule.isClear(15.1)).isTrue();
    }

    @Test
    void aClockThatIsPutBackDoesNotMakeAHoldOfHours() {
        read(100, 5);
        nowMs -= 3_600_000;
        assertThat(read(100, 10)).containsOnly("pending");
        assertThat(read(100, 1)).containsExactly("firing");
        read(0, 5);
        nowMs -= 3_600_000;
        assertThat(read(0, 21)).last().isEqualTo("resolved");
    }

    /** What holds for any run of values: a hold before each firing, a clear hold before its end. */
    @Test
    void noRunOfValuesFiresOrEndsTooSoon() {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        List<Double> values = new ArrayList<>();
        String before = "inactive";
        for (int i = 0; i < 20_000; i++) {
            double last = values.isEmpty() ? 0 : values.get(values.size() - 1);
            values.add(random.nextInt(20) == 0 ? random.nextInt(200) : last);
            String state = read(values.get(values.size() - 1), 1).get(0);
            if (!before.equals("firing") && state.equals("firing")) {
                assertThat(values.subList(values.size() - 11, values.size()))
                        .as("seed %d, second %d", seed, i)
                        .allMatch(value -> value >= 100);
            } else if (state.equals("resolved")) {
                assertThat(values.subList(values.size() - 21, values.size()))
                        .as("seed %d, second %d", seed, i)
                        .allMatch(value -> value < 50);
            } else if (before.equals("firing")) {
                assertThat(state).as("seed %d, second %d", seed, i).isEqualTo("firing");
            }
            before = state;
        }
    }
}
