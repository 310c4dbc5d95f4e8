package io.penstock.gateway.terminal;

import java.util.Locale;

/** Numbers the way people read them. */
public final class Amounts {
    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private Amounts() {}

    /** {@code 1536} is {@code 1.5 KiB}. */
    public static String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (Math.abs(amount) >= 1024 && unit < BINARY.length - 1) {
            amount /= 1024;
            unit++;
        }
        String form = unit == 0 || amount >= 100 ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, form, amount, BINARY[unit]);
    }

    /** {@code 1234567} is {@code 1,234,567}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 0.00123} seconds are {@code 1.2 ms}. */
    public static String seconds(double seconds) {
        if (seconds >= 100) {
            return String.format(Locale.ROOT, "%.0f s", seconds);
        } else if (seconds >= 1) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return String.format(Locale.ROOT, seconds >= 0.01 ? "%.0f ms" : "%.1f ms", seconds * 1e3);
    }
}
