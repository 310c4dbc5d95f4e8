package io.penstock.exporter.sink.object;

import io.penstock.exporter.sink.journal.JournalRecord;
import io.penstock.exporter.sink.journal.JournalRecord.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which windows there are, told from the journal's records, one after another: the same records
 * give the same book, at work and after a crash.
 *
 * <table>
 *   <caption>Records</caption>
 *   <tr><td>FILE sequence, opened, 0, hour</td><td>a window; counts with the delivery that follows</td></tr>
 *   <tr><td>FILE sequence, opened, end, hour and range</td><td>a window carried over from the last
 *       generation</td></tr>
 *   <tr><td>PIECE sequence, end</td><td>rows in a window; counts with the delivery that follows</td></tr>
 *   <tr><td>DELIVERY hash, range</td><td>what stands before it counts</td></tr>
 *   <tr><td>SEALED sequence, key</td><td>nothing more goes to the window</td></tr>
 *   <tr><td>GONE sequence</td><td>the window was published</td></tr>
 *   <tr><td>OWED hour</td><td>carried over: the hour's marker is not written yet</td></tr>
 *   <tr><td>MARKED hour</td><td>it is</td></tr>
 * </table>
 *
 * <p>Threading: confined to one thread at a time.
 */
final class WindowBook {

    /** Hours whose markers are owed; records of made-up times could make more. */
    static final int MAX_OWED = 4096;

    private final Map<Long, Window> open = new HashMap<>();
    private final Map<Long, Window> sealed = new LinkedHashMap<>();
    private final TreeSet<Long> owed = new TreeSet<>();
    private final List<JournalRecord> pending = new ArrayList<>();
    private long nextSequence = 1;

    /** Takes a record in. Answers whether it, and all before it, count. */
    boolean read(JournalRecord record) {
        switch (record.kind()) {
            case HEADER -> {}
            case FILE -> {
                nextSequence = Math.max(nextSequence, record.first() + 1);
                if (record.end() == 0) {
                    pending.add(record);
                } else {
                    add(carried(record));
                }
            }
            case PIECE -> pending.add(record);
            case DELIVERY -> delivered(DeliveryRange.parse(record.text()));
            case SEALED -> seal(record.first(), record.text());
            case GONE -> sealed.remove(record.first());
            case OWED -> owe(record.first());
            case MARKED -> owed.remove(record.first());
        }
        return pending.isEmpty();
    }

    /** Gives up records that wait for a delivery which never came. */
    void forgetPending() {
        pending.clear();
    }

    private static Window carried(JournalRecord file) {
        String[] words = file.text().split(" ", -1);
        return new Window(
                file.first(),
                Long.parseLong(words[0]),
                file.second(),
                file.end(),
                DeliveryRange.parse(words[1]),
                "");
    }

    private void delivered(DeliveryRange range) {
        Map<Long, JournalRecord> fresh = new HashMap<>();
        for (JournalRecord record : pending) {
            if (record.kind() == Kind.FILE) {
                fresh.put(record.first(), record);
            } else {
                piece(record, fresh.get(record.first()), range);
            }
        }
        pending.clear();
    }

    private void piece(JournalRecord piece, @Nullable JournalRecord file, DeliveryRange range) {
        if (file != null) {
            long hour = Long.parseLong(file.text());
            add(new Window(file.first(), hour, file.second(), piece.end(), range, ""));
            return;
        }
        for (Window window : open.values()) {
            if (window.sequence() == piece.first()) {
                open.put(window.hour(), window.grown(piece.end(), range));
                return;
            }
        }
        throw new IllegalStateException("the journal has a piece of no window: " + piece);
    }

    private void add(Window window) {
        open.put(window.hour(), window);
        owe(window.hour());
    }

    private void owe(long hour) {
        owed.add(hour);
        if (owed.size() > MAX_OWED) {
            owed.pollLast();
        }
    }

    private void seal(long sequence, String key) {
        for (Window window : open.values()) {
            if (window.sequence() == sequence) {
                open.remove(window.hour());
                sealed.put(sequence, window.sealedAs(key));
                return;
            }
        }
        throw new IllegalStateException("the journal seals a window that is not open: " + key);
    }

    /** What the next generation of the journal begins with. */
    List<JournalRecord> carryOver() {
        List<JournalRecord> records = new ArrayList<>();
        for (Window window : sealed.values()) {
            records.add(file(window));
            records.add(JournalRecord.of(Kind.SEALED, window.sequence(), window.key()));
        }
        open.values().forEach(window -> records.add(file(window)));
        owed.forEach(hour -> records.add(JournalRecord.of(Kind.OWED, hour, "")));
        return records;
    }

    private static JournalRecord file(Window window) {
        String text = window.hour() + " " + window.range();
        return JournalRecord.file(window.sequence(), window.openedMs(), window.end(), text);
    }

    /** Windows that still grow, by hour. */
    Map<Long, Window> open() {
        return open;
    }

    /** Windows to be published, by sequence, oldest first. */
    Map<Long, Window> sealed() {
        return sealed;
    }

    /** Hours whose markers are owed, sorted. */
    SortedSet<Long> owed() {
        return owed;
    }

    /** Whether any window, open or sealed, is of an hour. */
    boolean has(long hour) {
        return open.containsKey(hour)
                || sealed.values().stream().anyMatch(window -> window.hour() == hour);
    }

    /** Bytes of all windows. */
    long bytes() {
        return bytes(open.values()) + bytes(sealed.values());
    }

    private static long bytes(Collection<Window> windows) {
        return windows.stream().mapToLong(Window::end).sum();
    }

    long nextSequence() {
        return nextSequence;
    }
}
