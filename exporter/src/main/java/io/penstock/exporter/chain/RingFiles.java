package io.penstock.exporter.chain;

import io.penstock.exporter.storage.Storage;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Names of a ring's files.
 *
 * <pre>
 *   ring.snap          the snapshot
 *   slot-00001.seg     a segment; the number is the file's, not the segment's
 *   NAME.cursor        the cursor of the export NAME
 *   *.bad              a file put out of the way
 *   *.tmp              a file in the making; deleted at opening
 * </pre>
 *
 * <p>Threading: immutable; the methods that list or rename block.
 */
public final class RingFiles {
    /** Files put out of the way that are kept for a look; the oldest go first. */
    static final int MAX_QUARANTINED = 8;

    private static final String SEGMENT = ".seg";
    private static final String CURSOR = ".cursor";
    private static final String BAD = ".bad";
    private static final String TEMPORARY = ".tmp";

    private final Storage storage;
    private final Path directory;

    /** Files of the ring in a directory. */
    public RingFiles(Storage storage, Path directory) {
        this.storage = storage;
        this.directory = directory;
    }

    /** What they lie on. */
    public Storage storage() {
        return storage;
    }

    /** Where they lie. */
    public Path directory() {
        return directory;
    }

    /** The snapshot. */
    public Path snapshot() {
        return directory.resolve("ring.snap");
    }

    public Path slot(int number) {
        return directory.resolve(String.format("slot-%05d%s", number, SEGMENT));
    }

    /** File of an export's cursor; characters that a file name cannot bear are escaped. */
    public Path cursor(String export) {
        return directory.resolve(
                URLEncoder.encode(export, StandardCharsets.UTF_8).replace("*", "%2A") + CURSOR);
    }

    /** Export of a cursor's file. */
    public static String export(Path cursor) {
        String name = fileName(cursor);
        return URLDecoder.decode(
                name.substring(0, name.length() - CURSOR.length()), StandardCharsets.UTF_8);
    }

    /** All segment files. */
    public List<Path> segments() throws IOException {
        return list(name -> name.endsWith(SEGMENT));
    }

    /** All cursor files. */
    public List<Path> cursors() throws IOException {
        return list(name -> name.endsWith(CURSOR));
    }

    /** Files put out of the way. */
    public List<Path> quarantined() throws IOException {
        return list(name -> name.endsWith(BAD));
    }

    /** Everything. */
    public List<Path> all() throws IOException {
        return storage.list(directory);
    }

    /** Puts a file out of the way, under a name that sorts by time. */
    public void quarantine(Path file, long nowMs) throws IOException {
        storage.rename(
                file, directory.resolve(String.format("%016x-%s%s", nowMs, fileName(file), BAD)));
        List<Path> kept = quarantined();
        for (int i = 0; i < kept.size() - MAX_QUARANTINED; i++) {
            storage.delete(kept.get(i));
        }
    }

    /** Deletes what a killed process was just making. */
    public void deleteTemporary() throws IOException {
        for (Path path : list(name -> name.endsWith(TEMPORARY))) {
            storage.delete(path);
        }
    }

    private List<Path> list(Predicate<String> wanted) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path path : storage.list(directory)) {
            if (wanted.test(fileName(path))) {
                found.add(path);
            }
        }
        return found;
    }

    private static String fileName(Path path) {
        return String.valueOf(path.getFileName());
    }
}
