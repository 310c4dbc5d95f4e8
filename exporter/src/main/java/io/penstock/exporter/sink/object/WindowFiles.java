package io.penstock.exporter.sink.object;

import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.rows.HourSplitter;
import io.penstock.exporter.sink.journal.DeliveryHash;
import io.penstock.exporter.sink.journal.Journal;
import io.penstock.exporter.sink.journal.JournalRecord;
import io.penstock.exporter.sink.journal.JournalRecord.Kind;
import io.penstock.exporter.storage.Storage;
import io.penstock.exporter.storage.StorageFile;
import io.penstock.model.DeliveryId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The windows of an export on the local disk: a file of rows for each, and the journal that says
 * how far they hold. Opening recovers what a crash or an error left; after an exception this must
 * be closed and opened again.
 *
 * <p>A delivery counts when its record stands in the journal, behind those of its pieces and in one
 * write with them; by then the rows are on the disk. What a file has beyond that is cut off.
 *
 * <p>Threading: confined to one thread at a time; files of sealed windows may be read by others.
 */
final class WindowFiles implements Closeable {

    private static final String PREFIX = "window-";
    private static final String SUFFIX = ".rows";

    private final Settings settings;
    private final WindowBook book = new WindowBook();
    private final Journal journal;

    /**
     * Where the files are, and how they are kept.
     *
     * @param storage the file system
     * @param directory the sink's own
     * @param forced whether everything is forced to the disk before it counts
     * @param idsPerGeneration see {@link Journal}
     */
    record Settings(Storage storage, Path directory, boolean forced, int idsPerGeneration) {}

    WindowFiles(Settings settings) throws IOException {
        this.settings = settings;
        settings.storage().createDirectories(settings.directory());
        journal =
                new Journal(
                        settings.storage(),
                        settings.directory(),
                        settings.forced(),
                        settings.idsPerGeneration());
        try {
            recover();
        } catch (IOException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private void recover() throws IOException {
        int kept = 0;
        List<JournalRecord> records = journal.recovered();
        for (int i = 0; i < records.size(); i++) {
            kept = book.read(records.get(i)) ? i + 1 : kept;
        }
        if (kept < records.size()) {
            // Only the last write can be torn, and what it leaves behind does not count.
            book.forgetPending();
        }
        journal.settle(kept);
        Set<Path> known = new HashSet<>();
        for (Window window : book.open().values()) {
            known.add(path(window.sequence()));
            cut(window);
        }
        book.sealed().keySet().forEach(sequence -> known.add(path(sequence)));
        for (Path each : settings.storage().list(settings.directory())) {
            if (isWindow(each) && !known.contains(each)) {
                settings.storage().delete(each);
            }
        }
    }

    private static boolean isWindow(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }

    private void cut(Window window) throws IOException {
        try (StorageFile file =
                settings.storage().open(path(window.sequence()), Storage.Access.WRITE)) {
            if (file.size() > window.end()) {
                file.resize(window.end());
            }
        }
    }

    /** The file of a window. */
    Path path(long sequence) {
        return settings.directory().resolve(String.format("%s%010d%s", PREFIX, sequence, SUFFIX));
    }

    WindowBook book() {
        return book;
    }

    /** Whether a delivery is in a window, or in an object. */
    boolean contains(DeliveryHash id) {
        return journal.contains(id);
    }

    /** Appends a delivery whole: its rows of every hour, or nothing. */
    void append(DeliveryId id, HourSplitter rows, long nowMs) throws IOException {
        List<JournalRecord> records = new ArrayList<>();
        long sequence = book.nextSequence();
        for (long hour : rows.hours()) {
            Window window = book.open().get(hour);
            if (window == null) {
                records.add(JournalRecord.file(sequence, nowMs, 0, Long.toString(hour)));
                records.add(write(sequence++, 0, rows.frame(hour)));
            } else {
                records.add(write(window.sequence(), window.end(), rows.frame(hour)));
            }
        }
        if (sequence > book.nextSequence() && settings.forced()) {
            settings.storage().forceDirectory(settings.directory());
        }
        String range = DeliveryRange.of(id).toString();
        records.add(JournalRecord.delivery(DeliveryHash.of(id), range));
        enter(records.toArray(JournalRecord[]::new));
        if (journal.full()) {
            journal.turn(book.carryOver());
        }
    }

    private JournalRecord write(long sequence, long end, WriteBuffer frame) throws IOException {
        try (StorageFile file = end == 0 ? create(sequence) : open(sequence)) {
            file.write(end, frame.array(), 0, frame.length());
            if (settings.forced()) {
                file.force();
            }
        }
        return new JournalRecord(Kind.PIECE, sequence, 0, end + frame.length(), 0, "");
    }

    private StorageFile create(long sequence) throws IOException {
        // One may be there from an append that failed half-way.
        settings.storage().delete(path(sequence));
        return settings.storage().create(path(sequence), 0);
    }

    private StorageFile open(long sequence) throws IOException {
        return settings.storage().open(path(sequence), Storage.Access.WRITE);
    }

    /**
     * Ends a window: it is to be published under a key, for which no other content will ever be.
     */
    void seal(Window window, String key) throws IOException {
        enter(JournalRecord.of(Kind.SEALED, window.sequence(), key));
    }

    /** A sealed window is published. */
    void gone(Window window) throws IOException {
        enter(JournalRecord.of(Kind.GONE, window.sequence(), ""));
        settings.storage().delete(path(window.sequence()));
    }

    /** The marker of an hour is written. */
    void marked(long hour) throws IOException {
        enter(JournalRecord.of(Kind.MARKED, hour, ""));
    }

    private void enter(JournalRecord... records) throws IOException {
        journal.append(records);
        for (JournalRecord record : records) {
            book.read(record);
        }
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
