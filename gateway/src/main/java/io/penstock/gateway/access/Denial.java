package io.penstock.gateway.access;

/**
 * Why somebody may not. Threading: immutable.
 *
 * @param known whether it is known who asks: 403 and PERMISSION_DENIED, or else 401 and
 *     UNAUTHENTICATED
 * @param message one sentence for people; repeats nothing of what was sent as a secret
 * @param laterMs when the same may be asked again, since it cannot be told yet: 503 and
 *     UNAVAILABLE; 0 when it can
 */
public record Denial(boolean known, String message, long laterMs) {
    static Denial unknown(String message) {
        return new Denial(false, message, 0);
    }

    static Denial forbidden(String message) {
        return new Denial(true, message, 0);
    }

    static Denial later(String message, long laterMs) {
        return new Denial(false, message, laterMs);
    }
}
