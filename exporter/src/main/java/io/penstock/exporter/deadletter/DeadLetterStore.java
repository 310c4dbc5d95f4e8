package io.penstock.exporter.deadletter;

import io.penstock.exporter.deadletter.SettledLog.How;
import io.penstock.model.DeliveryId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of one export.
 *
 * <p>What {@link #replayed} and {@link #dropped} count moved from dead-lettered to delivered and to
 * dropped after the run was committed; the ledger adds and subtracts them.
 *
 * <p>Threading: any thread; every method blocks but {@link #foundOf}.
 */
public final class DeadLetterStore implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("letters-(\\d{8})\\.log");

    private static final String SETTLED = "settled.log";

    /** A store is made of about so many files, so that settled ones can be given back. */
    private static final int FILES = 16;

    private static final long MAX_FILE_BYTES = 8 << 20;

    private final Path directory;
    private final DeadLetterConfig config;
    private final TreeMap<Integer, LetterFile> files = new TreeMap<>();

    // Letters of runs that may not have been committed: a run that is offered again finds them.
    private final Set<DeliveryId> uncommitted = new HashSet<>();

    // The same as they were found, by the first position of their run; for any thread, unlocked.
    private volatile Map<Long, List<DeliveryId>> found = Map.of();

    private @Nullable SettledLog log;
    private int nextNumber = 1;
    private long heldRecords;
    private long heldLetters;
    private long replayedRecords;
    private long droppedRecords;

    private DeadLetterStore(Path directory, DeadLetterConfig config) {
        this.directory = directory;
        this.config = config;
    }

    /**
     * Opens a store, making its directory where there is none.
     *
     * @param committedBelow the export's position: runs below it will not be offered again
     * @throws IOException when a file cannot be read or written
     */
    public static DeadLetterStore open(Path directory, DeadLetterConfig config, long committedBelow)
            throws IOException {
        Files.createDirectories(directory);
        DeadLetterStore store = new DeadLetterStore(directory, config);
        try {
            store.recover(committedBelow);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
        return store;
    }

    /**
     * Reads a store, and changes nothing in it, whether or not somebody has it open; for numbers
     * and letters, nothing can be kept or settled in it. Letters that somebody settles meanwhile
     * may still be held here.
     *
     * @throws IOException when a file cannot be read
     */
    public static DeadLetterStore look(Path directory) throws IOException {
        DeadLetterStore store = new DeadLetterStore(directory, DeadLetterConfig.defaults());
        try {
            store.readAll();
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
        return store;
    }

    private synchronized void readAll() throws IOException {
        for (int number : numbers()) {
            look(number);
        }
        SettledLog.look(directory.resolve(SETTLED), this::recoverSettled);
    }

    private void look(int number) throws IOException {
        try {
            LetterFile file =
                    LetterFile.look(number, path(number), l -> recoverLetter(l, Long.MAX_VALUE));
            files.put(number, file);
        } catch (NoSuchFileException settled) {
            // all of it, since the directory was listed
        }
    }

    private synchronized void recover(long committedBelow) throws IOException {
        for (int number : numbers()) {
            files.put(
                    number,
                    LetterFile.open(number, path(number), l -> recoverLetter(l, committedBelow)));
            nextNumber = number + 1;
        }
        found = uncommitted.stream().collect(Collectors.groupingBy(DeliveryId::first));
        log = SettledLog.open(directory.resolve(SETTLED), this::recoverSettled);
        log.rewrite(this::rewriteSettled);
        deleteSettledFiles();
    }

    private void recoverLetter(DeadLetter letter, long committedBelow) {
        heldLetters++;
        heldRecords += letter.records();
        if (letter.delivery().end() > committedBelow) {
            uncommitted.add(letter.delivery());
        }
    }

    private void recoverSettled(How how, long id, long records, long dropped) {
        if (how == How.TOTALS) {
            replayedRecords += id;
            droppedRecords += records;
        } else if (markSettled(id)) {
            replayedRecords += how == How.REPLAYED ? records : 0;
            droppedRecords += dropped + (how == How.DROPPED ? records : 0);
        }
    }

    /**
     * Answers whether the letter was not settled before. A letter whose file is gone counts as
     * settled now: the file went because all of it was settled, and its lines are read once.
     */
    private boolean markSettled(long id) {
        LetterFile file = files.get((int) (id >>> 32));
        if (file == null) {
            return true;
        }
        boolean fresh = file.settle((int) id);
        if (fresh) {
            heldLetters--;
            heldRecords -= file.records((int) id);
        }
        return fresh;
    }

    private void rewriteSettled(SettledLog fresh) throws IOException {
        // Letters of standing files keep their lines, with no records: the totals have them.
        fresh.append(How.TOTALS, replayedRecords, droppedRecords, 0);
        for (LetterFile file : files.values()) {
            for (int n = file.settled().nextSetBit(0);
                    n >= 0;
                    n = file.settled().nextSetBit(n + 1)) {
                fresh.append(How.DROPPED, id(file.number(), n), 0, 0);
            }
        }
    }

    /**
     * Ids of the letters of a run that were there when the store was opened: kept, it may be,
     * without the run's having heard of it. Does not block.
     */
    public List<DeliveryId> foundOf(long epoch, long first, long end) {
        return found.getOrDefault(first, List.of()).stream()
                .filter(id -> id.epoch() == epoch && id.end() == end)
                .toList();
    }

    private List<Integer> numbers() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> NAME.matcher(String.valueOf(entry.getFileName())))
                    .filter(Matcher::matches)
                    .map(name -> Integer.parseInt(name.group(1)))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Appends letters and forces them: all of them, or the first ones as far as there is room.
     * Those that are there already, from before a crash, need none.
     *
     * @return how many of the list are kept now
     */
    public synchronized int append(List<DeadLetter> letters) throws IOException {
        List<DeadLetter> fresh = new ArrayList<>();
        long room = config.maxBytes() - bytes() - LetterFile.HEADER_BYTES;
        long bytes = 0;
        int kept = 0;
        for (DeadLetter letter : letters) {
            if (!uncommitted.contains(letter.delivery())) {
                long more = LetterFormat.bytes(letter);
                if (bytes + more > room) {
                    break;
                }
                bytes += more;
                fresh.add(letter);
            }
            kept++;
        }
        if (!fresh.isEmpty()) {
            LetterFile file = fileFor(bytes);
            file.append(fresh);
            file.force();
            heldLetters += fresh.size();
            heldRecords += fresh.stream().mapToLong(DeadLetter::records).sum();
        }
        letters.subList(0, kept).forEach(letter -> uncommitted.remove(letter.delivery()));
        return kept;
    }

    private LetterFile fileFor(long bytes) throws IOException {
        long fileBytes = Math.min(MAX_FILE_BYTES, config.maxBytes() / FILES);
        if (!files.isEmpty() && files.lastEntry().getValue().size() + bytes <= fileBytes) {
            return files.lastEntry().getValue();
        }
        int number = nextNumber++;
        LetterFile file = LetterFile.create(number, path(number));
        files.put(number, file);
        file.force();
        try (FileChannel parent = FileChannel.open(directory, StandardOpenOption.READ)) {
            parent.force(true);
        }
        return file;
    }

    /** Letters that wait for a person, oldest first: those behind an id (0 for the first). */
    public synchronized List<DeadLetter.Stored> list(long afterId, int limit) throws IOException {
        List<DeadLetter.Stored> found = new ArrayList<>();
        for (LetterFile file : files.tailMap((int) (afterId >>> 32), true).values()) {
            for (int n = 0; n < file.letters() && found.size() < limit; n++) {
                long id = id(file.number(), n);
                DeadLetter letter = id > afterId ? file.find(n) : null;
                if (letter != null) {
                    found.add(new DeadLetter.Stored(id, letter));
                }
            }
        }
        return found;
    }

    /** One letter that waits for a person. */
    public synchronized Optional<DeadLetter> find(long id) throws IOException {
        LetterFile file = files.get((int) (id >>> 32));
        return file == null ? Optional.empty() : Optional.ofNullable(file.find((int) id));
    }

    /**
     * A replay delivered the letter. Answers false when it was settled before.
     *
     * @param dropped records of it that a rule of the export dropped instead
     */
    public synchronized boolean replayed(long id, int dropped) throws IOException {
        return settle(id, How.REPLAYED, dropped);
    }

    /** A person dropped the letter. Answers false when it was settled before. */
    public synchronized boolean dropped(long id) throws IOException {
        return settle(id, How.DROPPED, 0);
    }

    private boolean settle(long id, How how, int ofThemDropped) throws IOException {
        LetterFile file = files.get((int) (id >>> 32));
        SettledLog open = log;
        if (file == null || open == null || file.find((int) id) == null) {
            return false;
        }
        int records = file.records((int) id);
        int dropped = how == How.DROPPED ? records : ofThemDropped;
        open.append(how, id, records - (how == How.DROPPED ? 0 : dropped), ofThemDropped);
        open.force();
        markSettled(id);
        replayedRecords += records - dropped;
        droppedRecords += dropped;
        deleteSettledFiles();
        return true;
    }

    private void deleteSettledFiles() throws IOException {
        for (LetterFile file : List.copyOf(files.values())) {
            if (file.allSettled()) {
                files.remove(file.number());
                file.delete();
            }
        }
    }

    /** Bytes of all letters, settled ones in standing files included. */
    public synchronized long bytes() {
        return files.values().stream().mapToLong(LetterFile::size).sum();
    }

    /** Letters that wait for a person. */
    public synchronized long heldLetters() {
        return heldLetters;
    }

    /** Records in them. */
    public synchronized long heldRecords() {
        return heldRecords;
    }

    /** Records that a replay delivered, ever. */
    public synchronized long replayedRecords() {
        return replayedRecords;
    }

    /** Records that a person dropped, or a rule at a replay, ever. */
    public synchronized long droppedRecords() {
        return droppedRecords;
    }

    @Override
    public synchronized void close() throws IOException {
        for (LetterFile file : files.values()) {
            file.close();
        }
        files.clear();
        if (log != null) {
            log.close();
            log = null;
        }
    }

    private Path path(int number) {
        return directory.resolve(String.format("letters-%08d.log", number));
    }

    private static long id(int file, int ordinal) {
        return (long) file << 32 | ordinal;
    }
}
