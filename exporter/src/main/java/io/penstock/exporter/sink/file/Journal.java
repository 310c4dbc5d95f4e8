package io.penstock.exporter.sink.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries are whole in which file: append-only records, in generations of {@link
 * #IDS_PER_GENERATION} deliveries. A full generation is followed by a new one, which begins with
 * the file in hand; the one before is kept for its ids, older ones go. The ids of a published file
 * are thus known as long as those of the file in hand.
 *
 * <p>After an exception the journal must be closed and opened again.
 *
 * <p>Threading: confined to one thread at a time.
 */
final class Journal implements Closeable {

    /** 64 open takes of an export x 512 slices of each. */
    static final int IDS_PER_GENERATION = 64 * 512;

    private static final String PREFIX = "journal-";
    private static final String ASIDE = "journal.new";

    private final Path directory;
    private final boolean forced;
    private final int idsPerGeneration;
    private final ByteBuffer scratch = ByteBuffer.allocate(2 * JournalRecord.MAX_BYTES);

    private long generation;
    private FileChannel channel;
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
    Journal(Path directory, boolean forced, int idsPerGeneration) throws IOException {
        this.directory = directory;
        this.forced = forced;
        this.idsPerGeneration = idsPerGeneration;
        List<Long> generations = generations(directory);
        List<List<JournalRecord>> whole = new ArrayList<>();
        List<Long> wholeGenerations = new ArrayList<>();
        for (long each : generations) {
            List<JournalRecord> records = whole.size() < 2 ? read(path(each)) : List.of();
            if (records.isEmpty()) {
                Files.delete(path(each));
            } else {
                whole.add(records);
                wholeGenerations.add(each);
            }
        }
        if (whole.isEmpty()) {
            recovered = List.of(JournalRecord.header());
            channel = begin(1, recovered);
            generation = 1;
        } else {
            recovered = whole.get(0);
            generation = wholeGenerations.get(0);
            channel = FileChannel.open(path(generation), StandardOpenOption.WRITE);
        }
        if (whole.size() > 1) {
            whole.get(1).stream()
                    .filter(record -> record.kind() == JournalRecord.Kind.DELIVERY)
                    .forEach(record -> olderIds.add(record.id()));
        }
    }

    /** Generations in a directory, newest first. */
    private static List<Long> generations(Path directory) throws IOException {
        List<Long> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(PREFIX + "[0-9]{10}"))
                    .forEach(name -> found.add(Long.parseLong(name.substring(PREFIX.length()))));
        }
        found.sort(Comparator.reverseOrder());
        return found;
    }

    private Path path(long number) {
        return directory.resolve(String.format("%s%010d", PREFIX, number));
    }

    /** The whole records of a generation up to the first torn one; none without a header. */
    private static List<JournalRecord> read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
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
    List<JournalRecord> recovered() {
        return recovered;
    }

    /** Ends recovery: the first {@code kept} of {@link #recovered} hold, the rest never was. */
    void settle(int kept) throws IOException {
        for (JournalRecord record : recovered.subList(0, kept)) {
            end += record.bytes();
            if (record.kind() == JournalRecord.Kind.DELIVERY) {
                ids.add(record.id());
            }
        }
        recovered = List.of();
        channel.truncate(end);
        force(channel);
        Directories.force(directory, forced);
    }

    /** Whether a delivery is among those remembered. */
    boolean contains(DeliveryHash id) {
        return ids.contains(id) || olderIds.contains(id);
    }

    /** Appends a record. It holds when this returns, and does not when this throws. */
    void append(JournalRecord record) throws IOException {
        scratch.clear();
        record.put(scratch);
        scratch.flip();
        int bytes = scratch.remaining();
        try {
            write(channel, scratch, end);
            force(channel);
        } catch (IOException failed) {
            takeBack(failed);
            throw failed;
        }
        end += bytes;
        if (record.kind() == JournalRecord.Kind.DELIVERY) {
            ids.add(record.id());
        }
    }

    private void takeBack(IOException failed) {
        try {
            channel.truncate(end);
        } catch (IOException alsoFailed) {
            // The next open decides by what it finds, as after a crash.
            failed.addSuppressed(alsoFailed);
        }
    }

    /** Whether it is time for {@link #turn}. */
    boolean full() {
        return ids.size() >= idsPerGeneration;
    }

    /** Begins the next generation. {@code inHand} is the file that goes on, if there is one. */
    void turn(@Nullable JournalRecord inHand) throws IOException {
        JournalRecord header = JournalRecord.header();
        List<JournalRecord> first = inHand == null ? List.of(header) : List.of(header, inHand);
        FileChannel next = begin(generation + 1, first);
        FileChannel full = channel;
        channel = next;
        generation++;
        end = next.size();
        olderIds = ids;
        ids = new IdSet();
        full.close();
        Files.deleteIfExists(path(generation - 2));
        Directories.force(directory, forced);
    }

    /** Writes a generation aside and renames it, so that it is there whole or not at all. */
    private FileChannel begin(long number, List<JournalRecord> records) throws IOException {
        Path aside = directory.resolve(ASIDE);
        scratch.clear();
        records.forEach(record -> record.put(scratch));
        scratch.flip();
        FileChannel file =
                FileChannel.open(
                        aside,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        try {
            write(file, scratch, 0);
            force(file);
            Files.move(aside, path(number), StandardCopyOption.ATOMIC_MOVE);
            return file;
        } catch (IOException failed) {
            file.close();
            throw failed;
        }
    }

    private static void write(FileChannel file, ByteBuffer bytes, long position)
            throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }

    private void force(FileChannel file) throws IOException {
        if (forced) {
            file.force(false);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
