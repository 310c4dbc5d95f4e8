package io.penstock.gateway.history;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often something was said: why deliveries failed, why batches were refused, what tenants
 * pushed. Counted in memory and appended to a file, a line per thing and interval; when that has
 * {@link #MAX_FILE_BYTES}, it takes the place of the one before. A torn line is left out.
 *
 * <p>Threading: guarded; {@link #read} and writing block.
 */
public final class Tallies {
    /** Kind of what sinks said when a delivery failed. */
    public static final String FAILURE = "failure";

    /** Kind of why batches were refused. */
    public static final String REFUSAL = "refusal";

    /** Kind of the starts of the process. */
    public static final String START = "start";

    /** Kind of the bytes that tenants pushed. */
    public static final String TENANT_BYTES = "tenant_bytes";

    /** Kind of what was in the way of tenants. */
    public static final String TENANT_REFUSAL = "tenant_refusal";

    /** Different things in an interval; what comes beyond is counted as {@link #OTHERS}. */
    static final int MAX_THINGS = 200;

    /** Longest text, in characters. */
    static final int MAX_TEXT = 200;

    /** Bytes of a file; there are two. */
    static final long MAX_FILE_BYTES = 8L << 20;

    /** Instead of what a thing said, where there were too many. */
    static final String OTHERS = "(others)";

    private static final String CURRENT = "tallies.log";
    private static final String BEFORE = "tallies.1.log";

    private final Path directory;
    private final Map<Counted, Long> counted = new LinkedHashMap<>();

    /**
     * What is counted.
     *
     * @param kind one of the constants
     * @param repo name, or empty
     * @param export name, or empty
     * @param what words
     */
    public record Counted(String kind, String repo, String export, String what) {
        Counted cut() {
            return what.length() <= MAX_TEXT
                    ? this
                    : new Counted(kind, repo, export, what.substring(0, MAX_TEXT));
        }
    }

    Tallies(Path directory) {
        this.directory = directory;
    }

    /** Counts; 0 and less is nothing. */
    public synchronized void add(Counted key, long count) {
        if (count <= 0) {
            return;
        }
        Counted cut = key.cut();
        boolean room = counted.size() < MAX_THINGS || counted.containsKey(cut);
        counted.merge(room ? cut : new Counted(key.kind(), "", "", OTHERS), count, Long::sum);
    }

    synchronized void write(long nowMs) throws IOException {
        if (counted.isEmpty()) {
            return;
        }
        // begins on a line of its own, should the last one be torn
        StringBuilder text = new StringBuilder("\n");
        counted.forEach(
                (key, count) ->
                        text.append(
                                        new JsonObject()
                                                .put("t", nowMs)
                                                .put("kind", key.kind())
                                                .put("repo", key.repo())
                                                .put("export", key.export())
                                                .put("what", key.what())
                                                .put("n", count)
                                                .encode())
                                .append('\n'));
        Path current = directory.resolve(CURRENT);
        if (Files.exists(current) && Files.size(current) >= MAX_FILE_BYTES) {
            Files.move(current, directory.resolve(BEFORE), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(current, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        counted.clear();
    }

    /** What was counted in a time, written or not; to the interval. */
    public synchronized Map<Counted, Long> read(long fromMs, long toMs, long nowMs)
            throws IOException {
        Map<Counted, Long> sums = new LinkedHashMap<>();
        for (String name : List.of(BEFORE, CURRENT)) {
            Path file = directory.resolve(name);
            if (Files.exists(file)) {
                sum(file, fromMs, toMs, sums);
            }
        }
        if (nowMs >= fromMs && nowMs <= toMs) {
            counted.forEach((key, count) -> sums.merge(key, count, Long::sum));
        }
        return sums;
    }

    private static void sum(Path file, long fromMs, long toMs, Map<Counted, Long> sums)
            throws IOException {
        // bytes of a torn line may be no UTF-8: read as text whatever they are
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty()) {
                    sum(line, fromMs, toMs, sums);
                }
            }
        }
    }

    private static void sum(String line, long fromMs, long toMs, Map<Counted, Long> sums) {
        try {
            JsonObject json = new JsonObject(line);
            long timeMs = json.getLong("t", 0L);
            if (timeMs > fromMs && timeMs <= toMs) {
                Counted key =
                        new Counted(
                                json.getString("kind", ""),
                                json.getString("repo", ""),
                                json.getString("export", ""),
                                json.getString("what", ""));
                sums.merge(key, json.getLong("n", 0L), Long::sum);
            }
        } catch (DecodeException | ClassCastException torn) { // a line that a crash cut
            sums.merge(new Counted("torn", "", "", ""), 1L, Long::sum);
        }
    }
}
