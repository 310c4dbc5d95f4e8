package io.penstock.perf.load;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large the batches are: {@code 64KiB} fills as many records as fit, {@code 1rec} counts them.
 *
 * @param word as in commands and reports
 * @param maxBytes bytes of an encoded batch at most
 * @param maxRecords records at most
 */
public record BatchSize(String word, int maxBytes, int maxRecords) {
    private static final Pattern BYTES = Pattern.compile("(\\d{1,6})([km])ib");
    private static final Pattern RECORDS = Pattern.compile("(\\d{1,7})rec");
    private static final int MOST_BYTES = 64 << 20;

    /**
     * Reads a word.
     *
     * @throws IllegalArgumentException when it is not a size
     */
    public static BatchSize of(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        Matcher bytes = BYTES.matcher(lower);
        if (bytes.matches()) {
            int shift = bytes.group(2).equals("k") ? 10 : 20;
            long size = Long.parseLong(bytes.group(1)) << shift;
            if (size >= 1024 && size <= MOST_BYTES) {
                return new BatchSize(word, (int) size, Integer.MAX_VALUE);
            }
        }
        Matcher records = RECORDS.matcher(lower);
        if (records.matches() && Integer.parseInt(records.group(1)) > 0) {
            return new BatchSize(word, MOST_BYTES, Integer.parseInt(records.group(1)));
        }
        throw new IllegalArgumentException(
                "no batch size '" + word + "': 64KiB, 1MiB (up to 64MiB), 1rec, 300rec ...");
    }

    /** Whether the cost of a request outweighs that of its bytes. */
    public boolean small() {
        return maxRecords < 20;
    }
}
