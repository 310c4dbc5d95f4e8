package io.penstock.exporter.text;

/**
 * Writes times as RFC 3339 in UTC, as short as they can be: {@code 2026-11-22T06:30:00Z}, {@code
 * 2026-11-22T06:30:00.25Z}. Remembers the text of the last second, as records come in about the
 * order of time.
 *
 * <p>Threading: confined to one thread.
 */
public final class Rfc3339Writer {

    /** Longest text. */
    public static final int MAX_BYTES = 30;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final int SECOND_BYTES = "2026-11-22T06:30:00".length();
    private static final int FRACTION_DIGITS = 9;

    private final byte[] text = new byte[SECOND_BYTES];
    private long second;

    /** A writer that remembers 1970. */
    public Rfc3339Writer() {
        render(0);
    }

    /**
     * Writes a time.
     *
     * @param timeUnixNano nanoseconds since the epoch; negative before it
     * @return index behind the text
     */
    public int put(byte[] out, int at, long timeUnixNano) {
        long wanted = Math.floorDiv(timeUnixNano, NANOS_PER_SECOND);
        if (wanted != second) {
            render(wanted);
        }
        System.arraycopy(text, 0, out, at, SECOND_BYTES);
        int to = at + SECOND_BYTES;
        int nanos = (int) (timeUnixNano - wanted * NANOS_PER_SECOND);
        if (nanos != 0) {
            to = putFraction(out, to, nanos);
        }
        out[to] = 'Z';
        return to + 1;
    }

    private static int putFraction(byte[] out, int at, int nanos) {
        out[at] = '.';
        int rest = nanos;
        int digits = FRACTION_DIGITS;
        while (rest % 1000 == 0) {
            rest /= 1000;
            digits -= 3;
        }
        while (rest % 10 == 0) {
            rest /= 10;
            digits--;
        }
        for (int i = at + digits; i > at; i--) {
            out[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + 1 + digits;
    }

    private void render(long newSecond) {
        second = newSecond;
        long day = Math.floorDiv(newSecond, SECONDS_PER_DAY);
        int ofDay = (int) (newSecond - day * SECONDS_PER_DAY);
        date(day);
        text[10] = 'T';
        Decimals.putPair(text, 11, ofDay / 3600);
        text[13] = ':';
        Decimals.putPair(text, 14, ofDay / 60 % 60);
        text[16] = ':';
        Decimals.putPair(text, 17, ofDay % 60);
    }

    /** Days since the epoch to the Gregorian calendar, counted in years that begin in March. */
    private void date(long day) {
        long shifted = day + Rfc3339.DAYS_FROM_MARCH_0_TO_EPOCH;
        long era = Math.floorDiv(shifted, Rfc3339.DAYS_PER_ERA);
        int ofEra = (int) (shifted - era * Rfc3339.DAYS_PER_ERA);
        int yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * ofYear + 2) / 153;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
        Decimals.putPair(text, 0, year / 100);
        Decimals.putPair(text, 2, year % 100);
        text[4] = '-';
        Decimals.putPair(text, 5, month);
        text[7] = '-';
        Decimals.putPair(text, 8, ofYear - (153 * marchMonth + 2) / 5 + 1);
    }
}
