package io.penstock.exporter.accesslog;

import io.penstock.exporter.text.Decimals;
import io.penstock.exporter.text.Rfc3339;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;

/**
 * Times as access logs have them: {@code 17/May/2015:10:05:03 +0000}.
 *
 * <p>Threading: any thread.
 */
public final class AccessLogTime {

    /** Every such time has this length. */
    public static final int BYTES = 26;

    /** Answer for a text that is no time. */
    static final long NONE = Long.MIN_VALUE;

    private static final byte[] MONTHS =
            "JanFebMarAprMayJunJulAugSepOctNovDec".getBytes(StandardCharsets.US_ASCII);
    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private AccessLogTime() {}

    /** Seconds since the epoch of the time that begins at {@code at}, or {@link #NONE}. */
    static long parse(byte[] text, int at) {
        int day = Rfc3339.number(text, at, 2);
        int month = month(text, at + 3);
        int year = Rfc3339.number(text, at + 7, 4);
        int hour = Rfc3339.number(text, at + 12, 2);
        int minute = Rfc3339.number(text, at + 15, 2);
        int second = Rfc3339.number(text, at + 18, 2);
        int zoneHour = Rfc3339.number(text, at + 22, 2);
        int zoneMinute = Rfc3339.number(text, at + 24, 2);
        boolean numbers = (day | year | hour | minute | second | zoneHour | zoneMinute) >= 0;
        boolean ranges = month > 0 && day > 0 && day <= DAYS[month - 1] && hour < 24 && minute < 60;
        boolean zone = zoneHour < 24 && zoneMinute < 60 && second <= 60;
        // nanoseconds since the epoch, which records have, end in 2262
        boolean reach = year >= 1970 && year < 2262;
        if (!numbers || !ranges || !zone || !reach || !separators(text, at)) {
            return NONE;
        }
        int offset = zoneHour * 3600 + zoneMinute * 60;
        long local =
                Rfc3339.epochDay(year, month, day) * 86_400 + hour * 3600L + minute * 60L + second;
        return text[at + 21] == '-' ? local + offset : local - offset;
    }

    private static boolean separators(byte[] text, int at) {
        byte sign = text[at + 21];
        return text[at + 2] == '/'
                && text[at + 6] == '/'
                && text[at + 11] == ':'
                && text[at + 14] == ':'
                && text[at + 17] == ':'
                && text[at + 20] == ' '
                && (sign == '+' || sign == '-');
    }

    private static int month(byte[] text, int at) {
        for (int month = 0; month < 12; month++) {
            if (text[at] == MONTHS[3 * month]
                    && text[at + 1] == MONTHS[3 * month + 1]
                    && text[at + 2] == MONTHS[3 * month + 2]) {
                return month + 1;
            }
        }
        return -1;
    }

    /** Writes a time in UTC at {@code at}, which needs room for {@link #BYTES}. */
    public static void put(byte[] out, int at, LocalDateTime utc) {
        pair(out, at, utc.getDayOfMonth());
        out[at + 2] = '/';
        System.arraycopy(MONTHS, 3 * (utc.getMonthValue() - 1), out, at + 3, 3);
        out[at + 6] = '/';
        Decimals.put(out, at + 7, utc.getYear());
        out[at + 11] = ':';
        pair(out, at + 12, utc.getHour());
        out[at + 14] = ':';
        pair(out, at + 15, utc.getMinute());
        out[at + 17] = ':';
        pair(out, at + 18, utc.getSecond());
        System.arraycopy(" +0000".getBytes(StandardCharsets.US_ASCII), 0, out, at + 20, 6);
    }

    private static void pair(byte[] out, int at, int value) {
        out[at] = (byte) ('0' + value / 10);
        out[at + 1] = (byte) ('0' + value % 10);
    }
}
