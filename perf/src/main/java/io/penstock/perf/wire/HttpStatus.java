package io.penstock.perf.wire;

/** What a status code of HTTP means for the driver. */
final class HttpStatus {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final int LEAST_RETRY_MS = 1;

    private HttpStatus() {}

    static Answer answer(int status, long retryAfterMs, String why) {
        if (status / 100 == 2) {
            return Answer.TAKEN;
        }
        if (status == TOO_MANY_REQUESTS || status == UNAVAILABLE) {
            return Answer.refused(Math.max(LEAST_RETRY_MS, retryAfterMs), why);
        }
        return Answer.failed("HTTP " + status + " " + why);
    }
}
