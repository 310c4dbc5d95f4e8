package io.penstock.cluster.store;

import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/**
 * The embedded store: a directory with the newest two tables. Compare-and-set holds among threads
 * and, by a lock on a file, among processes that share the directory. A torn newest file falls back
 * to the one before.
 *
 * <p>Threading: any thread; the files are touched on one thread of its own.
 */
public final class FileStore implements AssignmentStore {

    private final TableDirectory directory;
    private final DiskThread thread;

    /**
     * A store in a directory, which is made when it is first used.
     *
     * @param directory used by nothing else
     */
    public FileStore(Path directory) {
        this(directory, new LocalDisk());
    }

    FileStore(Path directory, TableDisk disk) {
        this.directory = new TableDirectory(directory, disk);
        this.thread = new DiskThread("penstock-store " + directory);
    }

    @Override
    public CompletionStage<Answer> newerThan(Version known) {
        return thread.run(() -> answer(known), Answer.Down::new);
    }

    private Answer answer(Version known) throws Exception {
        TableDirectory.Look look = directory.newest();
        AssignmentTable table = look.table();
        if (look.newerFile() != null) {
            return new Answer.Refused(look.why());
        }
        if (table == null) {
            return new Answer.Empty();
        }
        return table.version().supersedes(known)
                ? new Answer.Found(table, 0)
                : new Answer.NoNewer(table.version(), 0);
    }

    @Override
    public CompletionStage<Saved> save(AssignmentTable table) {
        return thread.run(() -> saved(table), Saved.Unknown::new);
    }

    private Saved saved(AssignmentTable table) throws Exception {
        try {
            return directory.save(table);
        } catch (IllegalArgumentException tooLarge) {
            return new Saved.Refused(String.valueOf(tooLarge.getMessage()));
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
