package io.penstock.exporter.stage;

/** Refusals that several places make, in the same words. */
final class Refusals {
    static final Refusal STOPPING =
            new Refusal.Unavailable(DrainRate.STALLED_RETRY_MS, "the node is stopping");

    private Refusals() {}

    static Refusal unavailable(String message) {
        return new Refusal.Unavailable(DrainRate.STALLED_RETRY_MS, message);
    }

    /** The repo's files failed. */
    static Refusal broken(Stage stage) {
        return unavailable("the files of repo " + stage.repo() + " failed");
    }

    /** A failed stage waits for its next opening. */
    static Refusal reopening(Stage stage, long nowMs) {
        return new Refusal.Unavailable(
                Math.max(DrainRate.MIN_RETRY_MS, stage.retryAtMs() - nowMs),
                "repo " + stage.repo() + " failed and is being opened again");
    }

    static Refusal of(Throwable cause) {
        return cause instanceof RefusedException refused
                ? refused.refusal()
                : unavailable(String.valueOf(cause.getMessage()));
    }
}
