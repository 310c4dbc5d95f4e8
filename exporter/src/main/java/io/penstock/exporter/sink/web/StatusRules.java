package io.penstock.exporter.sink.web;

import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Outcome.Cause;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/**
 * What a status means; the table stands on the package's page.
 *
 * <p>Threading: immutable.
 */
public final class StatusRules {

    /** 4xx that a person mends in a configuration: at the target, or in the export. */
    public static final List<Integer> MENDED_BY_A_PERSON = List.of(401, 403, 404, 405, 407);

    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final int GATEWAY_TIMEOUT = 504;
    private static final Set<Integer> ALWAYS_RETRIED =
            Set.of(REQUEST_TIMEOUT, 425, TOO_MANY_REQUESTS);

    private final Set<Integer> retried;
    private final Clock clock;

    /**
     * Rules.
     *
     * @param retried 4xx that are retried beside 408, 425 and 429
     * @param clock time of day, for a Retry-After that is a date
     */
    public StatusRules(List<Integer> retried, Clock clock) {
        this.retried = Set.copyOf(retried);
        this.clock = clock;
    }

    /** The outcome of an answer that speaks for the whole delivery. */
    public Outcome outcome(WebAnswer answer) {
        int status = answer.status();
        if (status / 100 == 2) {
            return Outcome.DELIVERED;
        }
        String reason = answer.reason();
        String why = reason.isEmpty() ? "HTTP " + status : "HTTP " + status + ": " + reason;
        return isRetried(status)
                ? new Outcome.Retry(
                        RetryAfter.millis(answer.retryAfter(), clock.instant()), why, cause(status))
                : new Outcome.Rejected(why);
    }

    /** Whether what was answered so may be taken later. */
    public boolean isRetried(int status) {
        boolean clientFault = status >= 300 && status < 500;
        return !clientFault || ALWAYS_RETRIED.contains(status) || retried.contains(status);
    }

    /** Kind of the failure behind a status. */
    public static Cause cause(int status) {
        return switch (status) {
            case TOO_MANY_REQUESTS, UNAVAILABLE -> Cause.BUSY;
            case REQUEST_TIMEOUT, GATEWAY_TIMEOUT -> Cause.SLOW;
            default -> Cause.FAULT;
        };
    }
}
