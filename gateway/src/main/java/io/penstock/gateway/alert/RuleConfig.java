package io.penstock.gateway.alert;

import io.penstock.model.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Keys {@code alerts.rules.*}: what is to differ from the usual for some of the things that a
 * condition is about.
 *
 * <p>Threading: immutable.
 *
 * @param condition which
 * @param enabled whether it counts at all
 * @param repos patterns of repos
 * @param exports patterns of exports, sources, nodes or ports
 * @param threshold bad from here on; -1 for the usual
 * @param clear clear beyond here; -1 for the usual, in proportion
 * @param holdMs bad for so long; -1 for the usual
 * @param clearHoldMs clear for so long; -1 for the usual
 * @param severity word; empty for the usual
 */
public record RuleConfig(
        @Setting(doc = "Which condition, by its name in docs/alerting.md, as lag_age.")
                Condition condition,
        @Setting(value = "true", doc = "false switches the condition off for what the rule is of.")
                boolean enabled,
        @Setting(value = "['*']", doc = "Repos that the rule is of; * is any run of characters.")
                List<String> repos,
        @Setting(
                        value = "['*']",
                        doc =
                                "Exports that it is of, or sources, nodes, ports: what the alert names.")
                List<String> exports,
        @Setting(
                        value = "-1",
                        doc = "Bad from here on, in the condition's unit; -1 is the usual value.")
                double threshold,
        @Setting(
                        value = "-1",
                        doc =
                                "Clear beyond here; -1 is as far from the threshold, in proportion, as"
                                        + " usual.")
                double clear,
        @Setting(value = "-1", doc = "Bad for so long before it fires; -1 is the usual time.")
                long holdMs,
        @Setting(value = "-1", doc = "Clear for so long before it is over; -1 is the usual time.")
                long clearHoldMs,
        @Setting(value = "\"\"", doc = "warning or critical; empty is the usual severity.")
                String severity) {
    private static final int MAX_PATTERNS = 100;
    private static final long MAX_HOLD_MS = 30L * 86_400_000;

    /** Checks the values. */
    public RuleConfig {
        repos = List.copyOf(repos);
        exports = List.copyOf(exports);
        checkPatterns("repos", repos);
        checkPatterns("exports", exports);
        checkHold("hold_ms", holdMs);
        checkHold("clear_hold_ms", clearHoldMs);
        if (!severity.isEmpty() && Arrays.stream(Severity.values()).noneMatch(is(severity))) {
            throw new IllegalArgumentException("severity: warning or critical, is " + severity);
        }
        rule(condition, threshold, clear, holdMs, clearHoldMs, severity);
    }

    private static Predicate<Severity> is(String word) {
        return each -> each.word().equals(word);
    }

    private static void checkPatterns(String key, List<String> patterns) {
        if (patterns.isEmpty() || patterns.size() > MAX_PATTERNS) {
            throw new IllegalArgumentException(key + ": 1 to " + MAX_PATTERNS + " patterns");
        }
    }

    private static void checkHold(String key, long holdMs) {
        if (holdMs < -1 || holdMs > MAX_HOLD_MS) {
            throw new IllegalArgumentException(key + ": at most 30 days");
        }
    }

    /** With the usual where it says nothing. */
    Rule rule() {
        return rule(condition, threshold, clear, holdMs, clearHoldMs, severity);
    }

    private static Rule rule(
            Condition condition,
            double threshold,
            double clear,
            long holdMs,
            long clearHoldMs,
            String severity) {
        Rule usual = condition.usualRule();
        double bad = threshold < 0 ? usual.threshold() : threshold;
        double well = clear < 0 ? bad * usual.clear() / usual.threshold() : clear;
        return new Rule(
                condition,
                bad,
                well,
                holdMs < 0 ? usual.holdMs() : holdMs,
                clearHoldMs < 0 ? usual.clearHoldMs() : clearHoldMs,
                Arrays.stream(Severity.values())
                        .filter(is(severity))
                        .findFirst()
                        .orElse(usual.severity()));
    }

    /** Whether it is of this. */
    boolean fits(Subject subject) {
        return Glob.anyFits(repos, subject.repo()) && Glob.anyFits(exports, subject.name());
    }
}
