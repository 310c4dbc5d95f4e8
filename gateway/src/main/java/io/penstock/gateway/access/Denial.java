package io.penstock.gateway.access;

/**
 * Why somebody may not. Threading: immutable.
 *
 * @param known whether it is known who asks: 403 and PERMISSION_DENIED, or else 401 and
 *     UNAUTHENTICATED
 * @param message one sentence for people; repeats nothing of what was sent as a secret
 */
public record Denial(boolean known, String message) {
    static Denial unknown(String message) {
        return new Denial(false, message);
    }

    static Denial forbidden(String message) {
        return new Denial(true, message);
    }
}
