package io.penstock.exporter.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Which member of a JSON record says its time, and what it says: {@code time_unix_nano} in
 * nanoseconds; {@code @timestamp}, {@code timestamp}, {@code time} as RFC 3339, or as an integer of
 * seconds, milli-, micro- or nanoseconds since the epoch, told apart by magnitude.
 *
 * <p>Threading: any thread.
 */
public final class JsonTime {

    /** A name that says no time. */
    public static final byte NO_RANK = 0;

    /** Answer for a value that is no time. */
    public static final long NONE = Rfc3339.NONE;

    // In the order in which they are believed.
    private static final byte[][] NAMES = {
        "time_unix_nano".getBytes(StandardCharsets.UTF_8),
        "@timestamp".getBytes(StandardCharsets.UTF_8),
        "timestamp".getBytes(StandardCharsets.UTF_8),
        "time".getBytes(StandardCharsets.UTF_8)
    };
    private static final int NANOS_RANK = NAMES.length;

    // Seconds, milli- and microseconds of the years 1973 to 5138 do not overlap.
    private static final long SECONDS_BELOW = 100_000_000_000L;
    private static final long MILLIS_BELOW = SECONDS_BELOW * 1000;
    private static final long MICROS_BELOW = MILLIS_BELOW * 1000;

    private JsonTime() {}

    /** How far a name is believed to say the time, or {@link #NO_RANK}; the highest wins. */
    public static byte rank(byte[] bytes, int start, int length) {
        for (int i = 0; i < NAMES.length; i++) {
            if (Arrays.equals(NAMES[i], 0, NAMES[i].length, bytes, start, start + length)) {
                return (byte) (NANOS_RANK - i);
            }
        }
        return NO_RANK;
    }

    /** The time, in nanoseconds since the epoch, that a member of that rank says, or NONE. */
    public static long read(byte rank, JsonObject object, int member, byte[] bytes) {
        int start = object.valueStart(member);
        int end = object.valueEnd(member);
        return switch (object.kind(member)) {
            case INTEGER -> integer(rank, bytes, start, end);
            case TEXT -> rank == NANOS_RANK ? NONE : Rfc3339.parse(bytes, start, end);
            default -> NONE;
        };
    }

    private static long integer(byte rank, byte[] bytes, int start, int end) {
        if (!JsonValues.fitsLong(bytes, start, end)) {
            return NONE;
        }
        long value = JsonValues.toLong(bytes, start, end);
        return rank == NANOS_RANK ? stated(value) : nanos(value);
    }

    private static long stated(long nanos) {
        return nanos == 0 ? NONE : nanos;
    }

    private static long nanos(long value) {
        long size = Math.abs(value);
        long unit =
                size < SECONDS_BELOW
                        ? 1_000_000_000
                        : size < MILLIS_BELOW ? 1_000_000 : size < MICROS_BELOW ? 1000 : 1;
        // Seconds beyond the year 2262 are out of reach of nanoseconds.
        return size > Long.MAX_VALUE / unit || size < 0 ? NONE : value * unit;
    }
}
