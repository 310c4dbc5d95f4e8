package io.penstock.cluster.history;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last decisions of this node's time as a leader: appended to a small file, the last {@code
 * capacity} of them kept in memory. The file is begun anew when it has as many lines again, and the
 * one before is kept until then, so that at least {@code capacity} are on disk. A line that is torn
 * or changed is left out; the file is not forced: it explains, nothing is decided by it.
 *
 * <p>Threading: guarded; {@link #open} and {@link #add} write files and may block, {@link #last}
 * waits for no more than one of them.
 */
public final class DecisionLog {

    private static final Logger LOG = LoggerFactory.getLogger(DecisionLog.class);

    private static final String CURRENT = "decisions.log";
    private static final String BEFORE = "decisions.1.log";

    private final Path directory;
    private final int capacity;
    private final Deque<Decision> last = new ArrayDeque<>();
    private int lines;

    private DecisionLog(Path directory, int capacity) {
        this.directory = directory;
        this.capacity = capacity;
    }

    /**
     * The log in a directory, with what is there.
     *
     * @param capacity most decisions that are remembered
     */
    public static DecisionLog open(Path directory, int capacity) {
        DecisionLog log = new DecisionLog(directory, capacity);
        log.read(BEFORE);
        log.lines = log.read(CURRENT);
        return log;
    }

    private synchronized int read(String name) {
        Path file = directory.resolve(name);
        if (!Files.exists(file)) {
            return 0;
        }
        int count = 0;
        int bad = 0;
        try {
            // bytes of a torn line may be no UTF-8: read as text whatever they are
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            for (String line : text.split("\n", -1)) {
                Optional<Decision> decision = DecisionText.decision(line);
                decision.ifPresent(this::remember);
                bad += decision.isEmpty() && !line.isEmpty() ? 1 : 0;
                count += line.isEmpty() ? 0 : 1;
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", file, e.toString());
        }
        if (bad > 0) {
            LOG.warn("{}: {} lines are no decisions and left out", file, bad);
        }
        return count;
    }

    private void remember(Decision decision) {
        last.addLast(decision);
        if (last.size() > capacity) {
            last.removeFirst();
        }
    }

    /**
     * Adds decisions; a disk that fails is told in the log, and they are remembered all the same.
     */
    public synchronized void add(List<Decision> decisions) {
        decisions.forEach(this::remember);
        // more than is remembered need not be written either
        List<Decision> kept =
                decisions.subList(Math.max(0, decisions.size() - capacity), decisions.size());
        // begins on a line of its own, should the last one be torn
        StringBuilder text = new StringBuilder("\n");
        kept.forEach(decision -> text.append(DecisionText.line(decision)).append('\n'));
        try {
            Files.createDirectories(directory);
            if (lines >= capacity) {
                Files.move(
                        directory.resolve(CURRENT),
                        directory.resolve(BEFORE),
                        StandardCopyOption.REPLACE_EXISTING);
                lines = 0;
            }
            Files.writeString(
                    directory.resolve(CURRENT),
                    text,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            lines += kept.size();
        } catch (IOException e) {
            LOG.warn("decisions are not written to {}: {}", directory, e.toString());
        }
    }

    /**
     * The last decisions, newest first.
     *
     * @param most how many
     * @param which those to look for
     */
    public synchronized List<Decision> last(int most, Predicate<Decision> which) {
        List<Decision> all = new ArrayList<>(last);
        Collections.reverse(all);
        return all.stream().filter(which).limit(most).toList();
    }
}
