package io.penstock.exporter.stage;

/** The kinds of {@link Refusal}, for counting. */
public enum RefusalKind {
    /** {@link Refusal.Full}. */
    FULL,
    /** {@link Refusal.TooLarge}. */
    TOO_LARGE,
    /** {@link Refusal.UnknownRepo}. */
    UNKNOWN_REPO,
    /** {@link Refusal.BadSequence}. */
    BAD_SEQUENCE,
    /** {@link Refusal.Pending}. */
    PENDING,
    /** {@link Refusal.Unavailable}. */
    UNAVAILABLE,
    /** {@link Refusal.AckTimeout}. */
    ACK_TIMEOUT;

    /** The kind of a refusal. */
    public static RefusalKind of(Refusal refusal) {
        if (refusal instanceof Refusal.Full) {
            return FULL;
        } else if (refusal instanceof Refusal.TooLarge) {
            return TOO_LARGE;
        } else if (refusal instanceof Refusal.UnknownRepo) {
            return UNKNOWN_REPO;
        } else if (refusal instanceof Refusal.BadSequence) {
            return BAD_SEQUENCE;
        } else if (refusal instanceof Refusal.Pending) {
            return PENDING;
        } else if (refusal instanceof Refusal.Unavailable) {
            return UNAVAILABLE;
        }
        return ACK_TIMEOUT;
    }
}
