package io.penstock.cluster.store;

import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.assignment.Newest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's own copy of the last table it had, on its local disk, so that a node that starts while
 * everything else is down knows what it ran. It proves nothing about now: whoever reads it still
 * needs a lease. A copy that is damaged, or that a newer version wrote, is told by name, put aside
 * and ignored.
 *
 * <p>Threading: any thread; the files are touched on one thread of its own. While one table is
 * being written only the newest of those that follow is remembered.
 */
public final class DiskCopy implements TableLevel, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DiskCopy.class);

    private final TableDirectory directory;
    private final DiskThread thread;
    private final Newest wanted = new Newest();
    private final AtomicBoolean queued = new AtomicBoolean();

    /**
     * A copy in a directory, which is made when it is first used.
     *
     * @param directory used by nothing else
     */
    public DiskCopy(Path directory) {
        this(directory, new LocalDisk());
    }

    DiskCopy(Path directory, TableDisk disk) {
        this.directory = new TableDirectory(directory, disk);
        this.thread = new DiskThread("penstock-table-copy " + directory);
    }

    @Override
    public CompletionStage<Answer> newerThan(Version known) {
        return thread.run(() -> answer(known), Answer.Down::new);
    }

    private Answer answer(Version known) throws IOException {
        AssignmentTable table = usable();
        if (table == null) {
            return new Answer.Empty();
        }
        return table.version().supersedes(known)
                ? new Answer.Found(table, Long.MAX_VALUE)
                : new Answer.NoNewer(table.version(), Long.MAX_VALUE);
    }

    /** The newest copy that this build can read; others are out of the way afterwards. */
    private @Nullable AssignmentTable usable() throws IOException {
        TableDirectory.Look look = directory.newest();
        Path newerFile = look.newerFile();
        while (newerFile != null) {
            directory.putAside(newerFile, look.why());
            look = directory.newest();
            newerFile = look.newerFile();
        }
        return look.table();
    }

    /** Writes a table down some time soon; a failure is told in the log and costs nothing else. */
    public void keep(AssignmentTable table) {
        if (wanted.offer(table) && queued.compareAndSet(false, true)) {
            thread.run(this::write, why -> new Saved.Unknown(why)).thenAccept(saved -> told(saved));
        }
    }

    private Saved write() throws IOException {
        // released before the newest is taken: one that comes later queues anew
        queued.set(false);
        usable();
        return directory.save(wanted.get());
    }

    private void told(Saved saved) {
        if (!(saved instanceof Saved.Done)) {
            queued.set(false);
            LOG.warn("the copy of the table on the local disk is not renewed: {}", saved);
        }
    }

    /** Waits for a table that is on its way to the disk, up to a bound. */
    @Override
    public void close() {
        thread.close();
    }
}
