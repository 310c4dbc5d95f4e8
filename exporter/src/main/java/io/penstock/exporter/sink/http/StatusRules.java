package io.penstock.exporter.sink.http;

import io.penstock.exporter.sink.Outcome;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a status means; the table stands on the package's page.
 *
 * <p>Threading: immutable.
 */
final class StatusRules {

    private static final Set<Integer> ALWAYS_RETRIED = Set.of(408, 425, 429);

    private final Set<Integer> retried;
    private final Clock clock;

    StatusRules(List<Integer> retried, Clock clock) {
        this.retried = Set.copyOf(retried);
        this.clock = clock;
    }

    /**
     * The outcome of an answer.
     *
     * @param retryAfter value of the header, or null
     * @param reason beginning of the answer's body, for people
     */
    Outcome outcome(int status, @Nullable String retryAfter, String reason) {
        if (status / 100 == 2) {
            return Outcome.DELIVERED;
        }
        String why = reason.isEmpty() ? "HTTP " + status : "HTTP " + status + ": " + reason;
        return isRetried(status)
                ? new Outcome.Retry(
                        RetryAfter.millis(retryAfter, clock.instant()), why, cause(status))
                : new Outcome.Rejected(why);
    }

    /** What the export's limits may learn from a status. */
    private static Outcome.Cause cause(int status) {
        return switch (status) {
            case 429, 503 -> Outcome.Cause.BUSY;
            case 408, 504 -> Outcome.Cause.SLOW;
            default -> Outcome.Cause.FAULT;
        };
    }

    private boolean isRetried(int status) {
        boolean clientFault = status >= 300 && status < 500;
        return !clientFault || ALWAYS_RETRIED.contains(status) || retried.contains(status);
    }
}
