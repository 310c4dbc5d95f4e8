package io.penstock.cluster.store;

import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.assignment.Decoded;
import io.penstock.cluster.assignment.TableCodec;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest two tables in a directory, each in a file of its own that bears its version. A table
 * is written beside, forced, given its name, and the name is forced; so what is torn is a file that
 * was never told to be there, and the one before stands beside it. A file that cannot be read as a
 * table is told by name and put aside; the last {@value #KEPT_ASIDE} of those are kept for a
 * person.
 *
 * <p>Threading: confined to one thread; every method may block.
 */
final class TableDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(TableDirectory.class);

    private static final int KEPT_TABLES = 2;
    private static final int KEPT_ASIDE = 3;

    /** What is found: a table, or a file that a newer version wrote; both null for nothing. */
    record Look(@Nullable AssignmentTable table, @Nullable Path newerFile, String why) {

        Version version() {
            return table == null ? Version.NONE : table.version();
        }
    }

    private static final Look NOTHING = new Look(null, null, "");

    private final Path directory;
    private final TableDisk disk;

    /** The newest table, whose file was found whole; null when the files have to be read. */
    private @Nullable AssignmentTable verified;

    /** The last version that this process forced, name and all. */
    private Version forced = Version.NONE;

    private boolean created;

    TableDirectory(Path directory, TableDisk disk) {
        this.directory = directory;
        this.disk = disk;
    }

    /** The newest table that can be read. */
    Look newest() throws IOException {
        create();
        List<Path> tables = tables();
        for (Path file : tables) {
            Look look = read(file);
            if (look.table() != null || look.newerFile() != null) {
                verified = look.table();
                return look;
            }
        }
        verified = null;
        return NOTHING;
    }

    private void create() throws IOException {
        if (!created) {
            disk.createDirectories(directory);
            created = true;
        }
    }

    /** Files of tables, newest first. */
    private List<Path> tables() throws IOException {
        return disk.list(directory).stream()
                .filter(file -> TableFileName.version(file).isPresent())
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    private Look read(Path file) throws IOException {
        Optional<Version> named = TableFileName.version(file);
        AssignmentTable known = verified;
        if (known != null && named.equals(Optional.of(known.version()))) {
            return new Look(known, null, "");
        }
        long bytes = disk.size(file);
        if (bytes > TableCodec.MAX_BYTES) {
            putAside(file, bytes + " bytes are more than a table can have");
            return NOTHING;
        }
        Decoded decoded = TableCodec.decode(disk.read(file));
        if (decoded instanceof Decoded.Refused refused) {
            if (refused.fault() == Decoded.Fault.NEWER_FORMAT) {
                return new Look(null, file, file + ": " + refused.why());
            }
            putAside(file, refused.why());
            return NOTHING;
        }
        AssignmentTable table = ((Decoded.Table) decoded).table();
        if (!named.equals(Optional.of(table.version()))) {
            putAside(file, "the table in it is of " + table.version());
            return NOTHING;
        }
        return new Look(table, null, "");
    }

    /** Takes a file out of the way, for a person to look at. */
    void putAside(Path file, String why) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + TableFileName.ASIDE);
        LOG.warn("{} is not used and put aside as {}: {}", file, aside.getFileName(), why);
        disk.rename(file, aside);
        List<Path> all = disk.list(directory).stream().filter(TableFileName::isAside).toList();
        for (Path old : all.subList(0, Math.max(0, all.size() - KEPT_ASIDE))) {
            disk.delete(old);
        }
    }

    /** Keeps a table if it is newer than what is there. */
    Saved save(AssignmentTable table) throws IOException {
        byte[] content = TableCodec.encode(table);
        create();
        try (Closeable lock = disk.tryLock(directory.resolve(TableFileName.LOCK))) {
            if (lock == null) {
                return new Saved.Unknown("another process is saving to " + directory);
            }
            Look look = newest();
            if (look.newerFile() != null) {
                return new Saved.Refused(look.why());
            }
            boolean newer = table.version().supersedes(look.version());
            boolean same =
                    look.table() != null
                            && look.version().equals(table.version())
                            && Arrays.equals(content, TableCodec.encode(look.table()));
            if (same && forced.equals(table.version())) {
                return new Saved.Done();
            }
            if (!newer && !same) {
                return new Saved.Stale(look.version());
            }
            // the same one again, but nobody knows how far an earlier attempt came: from the start
            publish(table.version(), content);
            verified = table;
            forced = table.version();
            deleteOld();
            return new Saved.Done();
        }
    }

    private void publish(Version version, byte[] content) throws IOException {
        Path unfinished = directory.resolve(TableFileName.UNFINISHED);
        // never the remains of an attempt whose force failed: their pages may count as clean
        disk.delete(unfinished);
        disk.write(unfinished, content);
        disk.force(unfinished);
        disk.rename(unfinished, directory.resolve(TableFileName.of(version)));
        disk.forceDirectory(directory);
    }

    private void deleteOld() {
        try {
            List<Path> tables = tables();
            for (Path old : tables.subList(Math.min(KEPT_TABLES, tables.size()), tables.size())) {
                disk.delete(old);
            }
        } catch (IOException e) {
            LOG.warn(
                    "tables older than the last two stay in {} for now: {}",
                    directory,
                    e.toString());
        }
    }
}
