package io.penstock.gateway.alert.watch;

import io.penstock.exporter.fanout.ExportState;
import io.penstock.exporter.fanout.ExportStats;
import io.penstock.gateway.alert.Alert;
import io.penstock.gateway.alert.Condition;
import io.penstock.gateway.alert.Readings;
import io.penstock.gateway.alert.Readings.Words;
import io.penstock.gateway.alert.Subject;
import io.penstock.model.RepoName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;

/** What exports do, as readings. Threading: one round at a time. */
final class ExportReader {
    /** Exports whose attempts and dead letters are counted. */
    static final int MAX_EXPORTS = 20_000;

    /** Over which attempts are looked at; a share of about the last minute. */
    private static final double ATTEMPTS_MS = 30_000;

    /** Attempts that are worth less than this together are forgotten: then there is no share. */
    private static final double FAINT = 0.1;

    private static final double MINUTE_MS = 60_000;
    private static final int MAX_ERROR = 200;

    private static final List<Condition> CONDITIONS =
            List.of(
                    Condition.LAG_AGE,
                    Condition.ERROR_RATE,
                    Condition.EXPORT_BLOCKED,
                    Condition.EXPORT_PAUSED,
                    Condition.DEAD_LETTERS,
                    Condition.DEAD_LETTERS_GROWING);

    private final Function<ExportStats, String> target;
    private final BiPredicate<RepoName, String> isDefined;
    private Map<Subject, Counts> counts = new HashMap<>();

    /** What an export did before. */
    private static final class Counts {
        private final Fading attempts = new Fading(ATTEMPTS_MS);
        private final Fading failures = new Fading(ATTEMPTS_MS);
        private final Fading dead = new Fading(MINUTE_MS);
        private long lastAttempts;
        private long lastFailures;
        private long lastDead;

        Counts(ExportStats first) {
            note(first);
        }

        private void note(ExportStats stats) {
            lastAttempts = stats.attempts();
            lastFailures = stats.failures();
            lastDead = stats.deadLetteredRecords();
        }

        void next(ExportStats stats, long nowMs) {
            // counters begin anew with a stage that is opened again
            attempts.add((double) Math.max(0, stats.attempts() - lastAttempts), nowMs);
            failures.add((double) Math.max(0, stats.failures() - lastFailures), nowMs);
            dead.add((double) Math.max(0, stats.deadLetteredRecords() - lastDead), nowMs);
            note(stats);
        }

        double failedPercent(long nowMs) {
            double tried = attempts.at(nowMs);
            return tried < FAINT ? 0 : Math.min(100, 100 * failures.at(nowMs) / tried);
        }
    }

    /**
     * Knows nothing yet.
     *
     * @param target what the sink of an export depends on
     * @param isDefined whether somebody defines an export, running or not
     */
    ExportReader(Function<ExportStats, String> target, BiPredicate<RepoName, String> isDefined) {
        this.target = target;
        this.isDefined = isDefined;
    }

    /**
     * Adds the readings of a round.
     *
     * @param known alerts that there are
     */
    void read(List<ExportStats> exports, List<Alert> known, Readings into, long nowMs) {
        CONDITIONS.forEach(into::cover);
        Map<Subject, Counts> next = new HashMap<>();
        Set<Subject> seen = new HashSet<>();
        for (ExportStats stats : exports) {
            Subject subject = new Subject(stats.repo().value(), stats.export());
            seen.add(subject);
            if (next.size() < MAX_EXPORTS) {
                Counts before = counts.get(subject);
                Counts now = before == null ? new Counts(stats) : before;
                now.next(stats, nowMs);
                next.put(subject, now);
                rates(stats, subject, now, into, nowMs);
            }
            states(stats, subject, into);
        }
        counts = next;
        keepLetters(known, seen, into);
    }

    private void rates(ExportStats stats, Subject subject, Counts now, Readings into, long nowMs) {
        into.add(
                Condition.ERROR_RATE,
                subject,
                now.failedPercent(nowMs),
                words(
                        stats,
                        () ->
                                String.format(
                                        Locale.ROOT,
                                        "%.0f %% of the last attempts failed",
                                        now.failedPercent(nowMs))));
        double perMinute = now.dead.at(nowMs);
        into.add(
                Condition.DEAD_LETTERS_GROWING,
                subject,
                perMinute,
                words(
                        stats,
                        () ->
                                String.format(
                                        Locale.ROOT,
                                        "%.0f records a minute become dead letters",
                                        perMinute)));
    }

    private void states(ExportStats stats, Subject subject, Readings into) {
        ExportState state = stats.state();
        boolean isPaused = state == ExportState.PAUSED;
        double ageS = isPaused ? 0 : stats.oldestAgeMs() / 1000.0;
        into.add(
                Condition.LAG_AGE,
                subject,
                ageS,
                words(
                        stats,
                        () ->
                                "the oldest of "
                                        + stats.lagRecords()
                                        + " records waits for "
                                        + Math.round(ageS)
                                        + " s"));
        boolean isBlocked =
                state == ExportState.BACKING_OFF
                        || state == ExportState.DEAD_LETTERS_FULL
                        || state == ExportState.FAILED;
        into.add(
                Condition.EXPORT_BLOCKED,
                subject,
                isBlocked ? 1 : 0,
                words(
                        stats,
                        () -> "it is " + state.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        into.add(
                Condition.EXPORT_PAUSED,
                subject,
                isPaused ? 1 : 0,
                new Words(
                        () -> "a person paused it; " + stats.lagRecords() + " records wait",
                        () -> target.apply(stats)));
        into.add(
                Condition.DEAD_LETTERS,
                subject,
                (double) stats.deadLetteredRecords(),
                words(stats, () -> stats.deadLetteredRecords() + " records wait as dead letters"));
    }

    private Words words(ExportStats stats, Supplier<String> what) {
        return new Words(
                () ->
                        what.get()
                                + (stats.lastError().isEmpty()
                                        ? ""
                                        : "; " + cut(stats.lastError())),
                () -> target.apply(stats));
    }

    private static String cut(String text) {
        return text.length() <= MAX_ERROR ? text : text.substring(0, MAX_ERROR) + "…";
    }

    /** A repo that is closed because nothing is staged has its dead letters still. */
    private void keepLetters(List<Alert> known, Set<Subject> seen, Readings into) {
        for (Alert alert : known) {
            Subject subject = alert.reading().subject();
            if (alert.reading().condition() == Condition.DEAD_LETTERS
                    && !seen.contains(subject)
                    && isDefined.test(new RepoName(subject.repo()), subject.name())) {
                into.add(
                        Condition.DEAD_LETTERS,
                        subject,
                        alert.reading().value(),
                        new Words(alert.reading()::why, alert.reading()::target));
            }
        }
    }
}
