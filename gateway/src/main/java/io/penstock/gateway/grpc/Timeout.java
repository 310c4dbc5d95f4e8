package io.penstock.gateway.grpc;

import org.jspecify.annotations.Nullable;

/** The value of {@code grpc-timeout}: up to eight digits and a unit. */
final class Timeout {
    /** No time-out was asked for. */
    static final long NONE = -1;

    /** The value is no time-out. */
    static final long BAD = -2;

    private static final int MAX_DIGITS = 8;

    private Timeout() {}

    /** Milliseconds, rounded up; {@link #NONE} or {@link #BAD}. */
    static long parse(@Nullable String header) {
        if (header == null) {
            return NONE;
        }
        int digits = header.length() - 1;
        if (digits < 1 || digits > MAX_DIGITS) {
            return BAD;
        }
        long value = 0;
        for (int i = 0; i < digits; i++) {
            char c = header.charAt(i);
            if (c < '0' || c > '9') {
                return BAD;
            }
            value = value * 10 + c - '0';
        }
        return switch (header.charAt(digits)) {
            case 'H' -> value * 3_600_000;
            case 'M' -> value * 60_000;
            case 'S' -> value * 1000;
            case 'm' -> value;
            case 'u' -> (value + 999) / 1000;
            case 'n' -> (value + 999_999) / 1_000_000;
            default -> BAD;
        };
    }
}
