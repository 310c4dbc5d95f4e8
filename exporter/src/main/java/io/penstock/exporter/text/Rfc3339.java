package io.penstock.exporter.text;

/**
 * Reads times after RFC 3339: {@code 2026-11-22T06:30:00Z}, with a fraction of any length (digits
 * behind the ninth are dropped), {@code Z} or an offset, {@code T} or a space.
 *
 * <p>Threading: any thread.
 */
public final class Rfc3339 {

    /** Answer for a text that is no time, or one that 64 bits of nanoseconds do not reach. */
    public static final long NONE = Long.MIN_VALUE;

    // An era of 400 years that begins on 1 March repeats for ever.
    static final long DAYS_PER_ERA = 146_097;
    static final long DAYS_FROM_MARCH_0_TO_EPOCH = 719_468;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int SECOND_BYTES = 19;
    private static final int OFFSET_BYTES = 6;
    // 1677-09-21 to 2262-04-11 is what nanoseconds reach; whole years keep clear of the edges.
    private static final int FIRST_YEAR = 1678;
    private static final int LAST_YEAR = 2261;

    private Rfc3339() {}

    /**
     * Nanoseconds since the epoch of the time that is all of {@code [from, end)}, or {@link #NONE}.
     */
    public static long parse(byte[] text, int from, int end) {
        if (end - from < SECOND_BYTES + 1 || !separators(text, from)) {
            return NONE;
        }
        int year = number(text, from, 4);
        int month = number(text, from + 5, 2);
        int day = number(text, from + 8, 2);
        int hour = number(text, from + 11, 2);
        int minute = number(text, from + 14, 2);
        int second = number(text, from + 17, 2);
        if (!date(year, month, day) || !clock(hour, minute, second)) {
            return NONE;
        }
        int at = fractionEnd(text, from + SECOND_BYTES, end);
        long offset = at < 0 ? NONE : offsetSeconds(text, at, end);
        if (offset == NONE) {
            return NONE;
        }
        long seconds = epochDay(year, month, day) * 86_400 + hour * 3600L + minute * 60L + second;
        return (seconds - offset) * NANOS_PER_SECOND + nanos(text, from + SECOND_BYTES, at);
    }

    private static boolean separators(byte[] text, int from) {
        byte middle = text[from + 10];
        return text[from + 4] == '-'
                && text[from + 7] == '-'
                && text[from + 13] == ':'
                && text[from + 16] == ':'
                && (middle == 'T' || middle == 't' || middle == ' ');
    }

    /** The number in {@code count} digits, or -1. */
    public static int number(byte[] text, int at, int count) {
        int value = 0;
        for (int i = at; i < at + count; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static boolean date(int year, int month, int day) {
        return year >= FIRST_YEAR
                && year <= LAST_YEAR
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= daysIn(year, month);
    }

    /** 24:00 is none of RFC 3339; second 60 is a leap second and counts as the next minute. */
    private static boolean clock(int hour, int minute, int second) {
        return hour >= 0
                && hour <= 23
                && minute >= 0
                && minute <= 59
                && second >= 0
                && second <= 60;
    }

    private static int daysIn(int year, int month) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /** Days from the epoch to a date of the Gregorian calendar. */
    public static long epochDay(int year, int month, int day) {
        int marchYear = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(marchYear, 400);
        int yearOfEra = (int) (marchYear - era * 400);
        int ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int ofEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + ofYear;
        return era * DAYS_PER_ERA + ofEra - DAYS_FROM_MARCH_0_TO_EPOCH;
    }

    /** Index behind the fraction, if there is one; -1 for a dot without digits. */
    private static int fractionEnd(byte[] text, int at, int end) {
        if (text[at] != '.') {
            return at;
        }
        int to = at + 1;
        while (to < end && text[to] >= '0' && text[to] <= '9') {
            to++;
        }
        return to == at + 1 ? -1 : to;
    }

    private static long nanos(byte[] text, int dot, int end) {
        long nanos = 0;
        for (int i = dot + 1; i <= dot + 9; i++) {
            nanos = nanos * 10 + (i < end ? text[i] - '0' : 0);
        }
        return nanos;
    }

    private static long offsetSeconds(byte[] text, int at, int end) {
        if (at == end) {
            return NONE;
        }
        byte sign = text[at];
        if (sign == 'Z' || sign == 'z') {
            return end == at + 1 ? 0 : NONE;
        }
        if (end - at != OFFSET_BYTES || (sign != '+' && sign != '-') || text[at + 3] != ':') {
            return NONE;
        }
        int hour = number(text, at + 1, 2);
        int minute = number(text, at + 4, 2);
        if (!clock(hour, minute, 0)) {
            return NONE;
        }
        int offset = hour * 3600 + minute * 60;
        return sign == '-' ? -offset : offset;
    }
}
