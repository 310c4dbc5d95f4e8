package io.penstock.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a garbage collector wrote under {@code -Xlog:gc:file=...:uptime}.
 *
 * @param collections pauses altogether
 * @param full full collections altogether
 * @param fullLater full collections after the beginning was over
 * @param longestPauseMs longest pause
 * @param heapAfterMb heap in use after the last collection, in MB of a million bytes
 */
public record GcLog(
        int collections, int full, int fullLater, double longestPauseMs, double heapAfterMb) {

    private static final Pattern PAUSE =
            Pattern.compile(
                    "\\[([0-9.]+)s\\].* Pause (\\w+).* (\\d+)M->(\\d+)M\\(\\d+M\\) ([0-9.]+)ms");

    private static final double MIB = (1 << 20) / 1e6;

    /** The option that writes such a file. */
    static String option(Path file) {
        return "-Xlog:gc:file=" + file + ":uptime";
    }

    /**
     * Reads a file.
     *
     * @param beginningS until when full collections belong to the beginning
     */
    static GcLog read(Path file, double beginningS) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(PAUSE::matcher)
                    .filter(Matcher::find)
                    .map(pause -> pause(pause, beginningS))
                    .reduce(new GcLog(0, 0, 0, 0, 0), GcLog::plus);
        }
    }

    private static GcLog pause(Matcher pause, double beginningS) {
        int full = pause.group(2).equals("Full") ? 1 : 0;
        int later = Double.parseDouble(pause.group(1)) > beginningS ? full : 0;
        double ms = Double.parseDouble(pause.group(5));
        return new GcLog(1, full, later, ms, Integer.parseInt(pause.group(4)) * MIB);
    }

    private GcLog plus(GcLog next) {
        return new GcLog(
                collections + next.collections,
                full + next.full,
                fullLater + next.fullLater,
                Math.max(longestPauseMs, next.longestPauseMs),
                next.heapAfterMb);
    }
}
