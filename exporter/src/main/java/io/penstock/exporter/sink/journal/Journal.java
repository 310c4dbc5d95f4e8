package io.penstock.exporter.sink.journal;

import io.penstock.exporter.storage.Storage;
import io.penstock.exporter.storage.StorageFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which deliveries are whole: append-only records, in generations of {@link #IDS_PER_GENERATION}
 * deliveries. A full generation is followed by a new one, which begins with what its owner wants to
 * carry over; the one before is kept for its ids, older ones go. The ids of a published file are
 * thus known as long as those of the files in hand.
 *
 * <p>After an exception the journal must be closed and opened again.
 *
 * <p>Threading: confined to one thread at a time.
 */
public final class Journal implements Closeable {

    /** 64 open takes of an export x 512 slices of each. */
    public static final int IDS_PER_GENERATION = 64 * 512;

    private static final String PREFIX = "journal-";
    private static final String ASIDE = "journal.new";

    private final Storage storage;
    private final Path directory;
    private final boolean forced;
    private final int idsPerGeneration;

    private long generation;
    private StorageFile file;
    private long end;
    private IdSet ids = new IdSet();
    private IdSet olderIds = new IdSet();
    // What the newest generation held when it was opened, until settle.
    private List<JournalRecord> recovered = List.of();

    /**
     * Opens the journal of a directory, or begins one. {@link #settle} must be called next.
     *
     * @param forced whether appends are forced to the disk
     */
    public Journal(Storage storage, Path directory, boolean forced, int idsPerGeneration)
            throws IOException {
        this.storage = storage;
        this.directory = directory;
        this.forced = forced;
        this.idsPerGeneration = idsPerGeneration;
        List<List<JournalRecord>> whole = new ArrayList<>();
        List<Long> wholeGenerations = new ArrayList<>();
        for (long each : generations()) {
            List<JournalRecord> records = whole.size() < 2 ? read(path(each)) : List.of();
            if (records.isEmpty()) {
                storage.delete(path(each));
            } else {
                whole.add(records);
                wholeGenerations.add(each);
            }
        }
        if (whole.isEmpty()) {
            recovered = List.of(JournalRecord.header());
            file = begin(1, recovered);
            generation = 1;
        } else {
            recovered = whole.get(0);
            generation = wholeGenerations.get(0);
            file = storage.open(path(generation), Storage.Access.WRITE);
        }
        if (whole.size() > 1) {
            whole.get(1).stream()
                    .filter(record -> record.kind() == JournalRecord.Kind.DELIVERY)
                    .forEach(record -> olderIds.add(record.id()));
        }
    }

    /** Generations in the directory, newest first. */
    private List<Long> generations() throws IOException {
        List<Long> found = new ArrayList<>();
        for (Path each : storage.list(directory)) {
            String name = String.valueOf(each.getFileName());
            if (name.matches(PREFIX + "[0-9]{10}")) {
                found.add(Long.parseLong(name.substring(PREFIX.length())));
            }
        }
        found.sort(Comparator.reverseOrder());
        return found;
    }

    private Path path(long number) {
        return directory.resolve(String.format("%s%010d", PREFIX, number));
    }

    /** The whole records of a generation up to the first torn one; none without a header. */
    private List<JournalRecord> read(Path path) throws IOException {
        byte[] content;
        try (StorageFile found = storage.open(path, Storage.Access.READ)) {
            content = new byte[Math.toIntExact(found.size())];
            found.read(0, content, 0, content.length);
        }
        ByteBuffer bytes = ByteBuffer.wrap(content);
        List<JournalRecord> records = new ArrayList<>();
        JournalRecord record = JournalRecord.get(bytes);
        if (record == null || !record.isHeader()) {
            return List.of();
        }
        while (record != null) {
            records.add(record);
            record = JournalRecord.get(bytes);
        }
        return records;
    }

    /** The records of the newest generation as they were found, header first. */
    public List<JournalRecord> recovered() {
        return recovered;
    }

    /** Ends recovery: the first {@code kept} of {@link #recovered} hold, the rest never was. */
    public void settle(int kept) throws IOException {
        for (JournalRecord record : recovered.subList(0, kept)) {
            end += record.bytes();
            remember(record);
        }
        recovered = List.of();
        file.resize(end);
        force(file);
        forceDirectory();
    }

    private void remember(JournalRecord record) {
        if (record.kind() == JournalRecord.Kind.DELIVERY) {
            ids.add(record.id());
        }
    }

    /** Whether a delivery is among those remembered. */
    public boolean contains(DeliveryHash id) {
        return ids.contains(id) || olderIds.contains(id);
    }

    /**
     * Appends records in one write. They hold when this returns, and do not when this throws; what
     * a crash tears may leave the first few.
     */
    public void append(JournalRecord... records) throws IOException {
        byte[] bytes = bytes(List.of(records));
        try {
            file.write(end, bytes, 0, bytes.length);
            force(file);
        } catch (IOException failed) {
            takeBack(failed);
            throw failed;
        }
        end += bytes.length;
        for (JournalRecord record : records) {
            remember(record);
        }
    }

    private void takeBack(IOException failed) {
        try {
            file.resize(end);
        } catch (IOException alsoFailed) {
            // The next open decides by what it finds, as after a crash.
            failed.addSuppressed(alsoFailed);
        }
    }

    private static byte[] bytes(List<JournalRecord> records) {
        int length = records.stream().mapToInt(JournalRecord::bytes).sum();
        ByteBuffer buffer = ByteBuffer.allocate(length);
        records.forEach(record -> record.put(buffer));
        return buffer.array();
    }

    /** Whether it is time for {@link #turn}. */
    public boolean full() {
        return ids.size() >= idsPerGeneration;
    }

    /** Begins the next generation with what is carried over. */
    public void turn(List<JournalRecord> carried) throws IOException {
        List<JournalRecord> first = new ArrayList<>(carried);
        first.add(0, JournalRecord.header());
        StorageFile next = begin(generation + 1, first);
        StorageFile full = file;
        file = next;
        generation++;
        end = next.size();
        olderIds = ids;
        ids = new IdSet();
        full.close();
        storage.delete(path(generation - 2));
        forceDirectory();
    }

    /** Writes a generation aside and renames it, so that it is there whole or not at all. */
    private StorageFile begin(long number, List<JournalRecord> records) throws IOException {
        Path aside = directory.resolve(ASIDE);
        storage.delete(aside);
        byte[] bytes = bytes(records);
        StorageFile fresh = storage.create(aside, 0);
        try {
            fresh.write(0, bytes, 0, bytes.length);
            force(fresh);
            storage.rename(aside, path(number));
            return fresh;
        } catch (IOException failed) {
            fresh.close();
            throw failed;
        }
    }

    private void force(StorageFile written) throws IOException {
        if (forced) {
            written.force();
        }
    }

    private void forceDirectory() throws IOException {
        if (forced) {
            storage.forceDirectory(directory);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
