package io.penstock.gateway.ingest;

import io.penstock.exporter.record.BatchFault;
import io.penstock.exporter.stage.Refusal;
import io.penstock.gateway.access.Denial;

/**
 * Why a request got no receipt, before a transport puts it into its own words.
 *
 * <p>Threading: immutable.
 *
 * @param kind what the client should do next
 * @param message one sentence for people; it names what is wrong, and never repeats bytes of the
 *     request that are not printable
 * @param offset byte of the message, or of the batch in it, at which it shows, or {@link #NOWHERE}
 * @param retryAfterMs when to come back, in milliseconds, or {@link #NEVER}
 */
public record Fault(FaultKind kind, String message, int offset, long retryAfterMs) {
    /** The fault has no place in the bytes of the request. */
    public static final int NOWHERE = -1;

    /** Coming back with the same request is of no use, or the client may choose when. */
    public static final long NEVER = -1;

    /** A fault without place and without a wish to come back. */
    public static Fault of(FaultKind kind, String message) {
        return new Fault(kind, message, NOWHERE, NEVER);
    }

    /** Malformed bytes at an offset of the request. */
    public static Fault malformed(int offset, String message) {
        return new Fault(FaultKind.MALFORMED, "byte " + offset + ": " + message, offset, NEVER);
    }

    /** What the scan found in a batch; offsets count from the batch's first byte. */
    public static Fault of(BatchFault found) {
        FaultKind kind =
                found.kind() == BatchFault.Kind.TOO_LARGE
                        ? FaultKind.TOO_LARGE
                        : FaultKind.MALFORMED;
        return new Fault(kind, found.reason(), found.offset(), NEVER);
    }

    /** What is not allowed. */
    public static Fault of(Denial denial) {
        if (denial.laterMs() > 0) {
            return new Fault(FaultKind.UNAVAILABLE, denial.message(), NOWHERE, denial.laterMs());
        }
        return of(
                denial.known() ? FaultKind.FORBIDDEN : FaultKind.UNAUTHENTICATED, denial.message());
    }

    /** What a stage said. */
    public static Fault of(Refusal refusal) {
        if (refusal instanceof Refusal.Full full) {
            return new Fault(FaultKind.FULL, full.message(), NOWHERE, full.retryAfterMs());
        }
        if (refusal instanceof Refusal.Pending pending) {
            return new Fault(FaultKind.PENDING, pending.message(), NOWHERE, pending.retryAfterMs());
        }
        if (refusal instanceof Refusal.Unavailable gone) {
            return new Fault(FaultKind.UNAVAILABLE, gone.message(), NOWHERE, gone.retryAfterMs());
        }
        return of(kindOf(refusal), refusal.message());
    }

    private static FaultKind kindOf(Refusal refusal) {
        if (refusal instanceof Refusal.TooLarge) {
            return FaultKind.TOO_LARGE;
        }
        if (refusal instanceof Refusal.UnknownRepo) {
            return FaultKind.UNKNOWN_REPO;
        }
        return refusal instanceof Refusal.BadSequence
                ? FaultKind.BAD_SEQUENCE
                : FaultKind.ACK_TIMEOUT;
    }
}
