package io.penstock.gateway.history;

import io.penstock.gateway.history.LongGauge.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last weeks of this node, of its repos and of its exports, on disk: a file of fixed size per
 * series. A newcomer that moves takes the place of the series that has rested for longest, if that
 * is a day. What cannot be written is logged once and missing; nothing else depends on it.
 *
 * <p>Threading: guarded; every method but the constructor blocks.
 */
public final class Archive {
    /** Length of an interval. */
    public static final long STEP_MS = 300_000;

    /** How far back it reaches. */
    public static final int DAYS = 35;

    /** Most series: the node's, and those of repos and exports together. */
    public static final int MAX_SERIES = 65;

    /** Most that the files of all series have. */
    public static final long MAX_BYTES = MAX_SERIES * SeriesFile.BYTES;

    /** An interval under way is written so often: what a kill takes at the most. */
    static final long WRITE_MS = 60_000;

    /** Whoever has rested for so long may have to go. */
    static final long REST_MS = 86_400_000;

    /** Longest time that one round may stand for. */
    private static final double MAX_ELAPSED_S = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Archive.class);
    private static final String SUFFIX = ".series";

    private final Path directory;
    private final Map<String, Kept> series = new LinkedHashMap<>();
    private final Tallies tallies;
    private boolean open;
    private boolean failing;
    private long nowMs;
    private long writtenMs;
    private double elapsed;

    private static final class Kept {
        private final SeriesFile file;
        private final String name;
        private @Nullable Gathering gathering;
        private long busyMs;

        Kept(SeriesFile file, String name) {
            this.file = file;
            this.name = name;
        }

        Owner owner() {
            return Owner.of(file.repo(), file.export());
        }
    }

    /** An archive that is not open; {@code directory} need not exist. */
    public Archive(Path directory) {
        this.directory = directory;
        this.tallies = new Tallies(directory);
    }

    /** Counts of what was said, by kind. */
    public Tallies tallies() {
        return tallies;
    }

    /** Opens what is there; files that are none of ours, or broken, are left out and taken over. */
    public synchronized void open() throws IOException {
        Files.createDirectories(directory);
        for (int i = 0; i < MAX_SERIES; i++) {
            Path path = path(name(i));
            SeriesFile file = Files.exists(path) ? SeriesFile.open(path) : null;
            if (file != null) {
                Kept kept = new Kept(file, name(i));
                kept.busyMs = Files.getLastModifiedTime(path).toMillis();
                if (series.putIfAbsent(key(file.repo(), file.export()), kept) != null) {
                    file.close();
                }
            }
        }
        open = true;
    }

    private static String name(int number) {
        return String.format("%02d" + SUFFIX, number);
    }

    private Path path(String name) {
        return directory.resolve(name);
    }

    private static String key(String repo, String export) {
        return repo + "/" + export;
    }

    /**
     * Begins a round.
     *
     * @param elapsedS seconds since the round before, for which it stands
     */
    synchronized void round(long timeMs, double elapsedS) {
        nowMs = timeMs;
        elapsed = Math.min(MAX_ELAPSED_S, elapsedS);
    }

    /** Seconds for which this round stands. */
    synchronized double elapsedS() {
        return elapsed;
    }

    /**
     * Notes what a series did in this round.
     *
     * @param values in the order of the owner's {@link LongGauge}s
     * @param busy whether anything moves or waits there
     */
    synchronized void add(String repo, String export, double[] values, boolean busy) {
        if (!open) {
            return;
        }
        try {
            Kept kept = kept(repo, export, busy);
            if (kept == null) {
                return;
            }
            if (busy) {
                kept.busyMs = nowMs;
            }
            gathering(kept, nowMs / STEP_MS).add(elapsed, values);
            failing = false;
        } catch (IOException failed) {
            failed(failed);
        }
    }

    private @Nullable Kept kept(String repo, String export, boolean busy) throws IOException {
        Kept known = series.get(key(repo, export));
        if (known != null || !busy) {
            return known;
        }
        String name = freeName();
        if (name.isEmpty()) {
            return null;
        }
        Kept fresh = new Kept(SeriesFile.begin(path(name), repo, export), name);
        series.put(key(repo, export), fresh);
        return fresh;
    }

    /** A name that nobody has, or the one of whoever rested for longest; empty if all are busy. */
    private String freeName() throws IOException {
        List<String> taken = series.values().stream().map(kept -> kept.name).toList();
        for (int i = 0; i < MAX_SERIES; i++) {
            if (!taken.contains(name(i))) {
                return name(i);
            }
        }
        Map.Entry<String, Kept> rested =
                series.entrySet().stream()
                        .filter(each -> each.getValue().owner() != Owner.NODE)
                        .min(Comparator.comparingLong(each -> each.getValue().busyMs))
                        .orElseThrow();
        if (rested.getValue().busyMs > nowMs - REST_MS) {
            return "";
        }
        series.remove(rested.getKey());
        rested.getValue().file.close();
        return rested.getValue().name;
    }

    private static Gathering gathering(Kept kept, long slot) throws IOException {
        Gathering now = kept.gathering;
        if (now != null && now.slot() == slot) {
            return now;
        }
        if (now != null) {
            kept.file.write(now.cell());
        }
        Cell before = kept.file.read(slot);
        Gathering next =
                before == null
                        ? new Gathering(kept.owner(), slot)
                        : new Gathering(kept.owner(), before);
        kept.gathering = next;
        return next;
    }

    /** Ends a round: writes what is due. */
    synchronized void rounded() {
        if (open && nowMs - writtenMs >= WRITE_MS) {
            write();
        }
    }

    private void write() {
        boolean over = nowMs / STEP_MS != writtenMs / STEP_MS;
        writtenMs = nowMs;
        try {
            for (Kept kept : series.values()) {
                Gathering now = kept.gathering;
                if (now != null) {
                    kept.file.write(now.cell());
                }
            }
            if (over) {
                tallies.write(nowMs);
            }
        } catch (IOException failed) {
            failed(failed);
        }
    }

    private void failed(IOException failure) {
        if (!failing) {
            failing = true;
            LOG.warn("history: the last weeks are not kept: {}", failure.toString());
        }
    }

    /**
     * What is known of a thing, oldest first, with the interval under way; gaps are left out.
     *
     * @param repo name, or empty for the node
     * @param export name, or empty for the repo
     */
    public synchronized List<Cell> read(String repo, String export, long fromMs, long toMs)
            throws IOException {
        Kept kept = series.get(key(repo, export));
        if (kept == null) {
            return new ArrayList<>();
        }
        long toSlot = Math.floorDiv(toMs + STEP_MS - 1, STEP_MS);
        List<Cell> cells = new ArrayList<>(kept.file.read(Math.floorDiv(fromMs, STEP_MS), toSlot));
        Gathering now = kept.gathering;
        if (now != null && now.slot() * STEP_MS >= fromMs && now.slot() < toSlot) {
            cells.removeIf(cell -> cell.slot() == now.slot());
            cells.add(now.cell());
        }
        return cells;
    }

    /** The repos and exports of which something is kept, as {@code {repo, export}}. */
    public synchronized List<List<String>> names() {
        return series.values().stream()
                .filter(kept -> kept.owner() != Owner.NODE)
                .map(kept -> List.of(kept.file.repo(), kept.file.export()))
                .toList();
    }

    /** Writes what is not written and closes the files. Safe without {@link #open}, and twice. */
    public synchronized void close() throws IOException {
        if (!open) {
            return;
        }
        write();
        tallies.write(nowMs);
        open = false;
        for (Kept kept : series.values()) {
            kept.file.close();
        }
        series.clear();
    }
}
