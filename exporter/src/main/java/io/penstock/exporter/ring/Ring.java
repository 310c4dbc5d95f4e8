package io.penstock.exporter.ring;

import io.penstock.exporter.chain.ChainForce;
import io.penstock.exporter.chain.RingFiles;
import io.penstock.exporter.chain.SegmentChain;
import io.penstock.exporter.chain.SegmentPool;
import io.penstock.exporter.chain.Tally;
import io.penstock.exporter.cursor.CursorFile;
import io.penstock.exporter.cursor.CursorLine;
import io.penstock.exporter.cursor.Takes;
import io.penstock.exporter.cursor.WakeUp;
import io.penstock.exporter.segment.EntryEncoder;
import io.penstock.exporter.segment.Segment;
import io.penstock.exporter.storage.WriteWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The transactional staging buffer of one repo.
 *
 * <p>Threading: any thread, unless a method says otherwise. Methods marked <em>blocking</em> do
 * file I/O and must not be called on an event loop.
 */
public final class Ring {
    /** Cursors at the most: every append looks at each. */
    public static final int MAX_CURSORS = 64;

    private final RingParts parts;
    private final RingFiles files;
    private final RingConfig config;
    private final RingEnvironment environment;
    private final long epoch;
    private final ProducerWindows producers;
    private final SegmentChain chain;
    private final SegmentPool pool;
    private final Tally tally;
    private final RingMaintenance maintenance;
    private final ChainForce force;

    /** The segment that was the tail at the last force; far below any when there was none. */
    private volatile long forcedIndex = -1 - RingMaintenance.FILES_IN_TURN;

    private final CursorSet cursors = new CursorSet();
    private final Damage damage;
    private final AtomicLong notifiedHead = new AtomicLong();

    /** Held by everything that opens, makes, recycles or closes files; never on an event loop. */
    private final Object maintenanceLock = new Object();

    private volatile @Nullable Listener listener;
    private volatile boolean closed;
    private volatile @Nullable String failure;

    Ring(RingParts parts) {
        this.parts = parts;
        this.files = parts.files();
        this.config = parts.config();
        this.environment = parts.environment();
        this.epoch = parts.epoch();
        this.producers = parts.producers();
        this.chain = parts.chain();
        this.pool = parts.pool();
        this.tally = parts.tally();
        this.damage = parts.damage();
        this.maintenance = new RingMaintenance(this, parts);
        this.force = new ChainForce(chain, this::segmentFailed, this::hasFailed);
    }

    /**
     * Opens the ring in a directory, recovering what is there, or makes a new one. Blocking. The
     * caller holds the lock of the data directory.
     *
     * @throws IOException when files cannot be read or made, or are of a newer format
     */
    public static Ring open(Path directory, RingConfig config, RingEnvironment environment)
            throws IOException {
        return new RingOpener(directory, config, environment).open();
    }

    /** Drawn when the ring's files were first made. */
    public long epoch() {
        return epoch;
    }

    /**
     * A writer for the calling thread to keep.
     *
     * @param window shared by all writers of the thread
     */
    public RingWriter newWriter(WriteWindow window) {
        return new RingWriter(this, new EntryEncoder(chain.tail()), window);
    }

    /** What was staged by which producer lately; survives a restart. */
    public ProducerWindows producers() {
        return producers;
    }

    /** Opens a cursor as {@link Beginning#FIRST_OLDEST}. Blocking. */
    public RingCursor openCursor(String export) throws IOException {
        return openCursor(export, Beginning.FIRST_OLDEST);
    }

    /**
     * Opens the durable cursor of an export, creating it where there is none. Blocking.
     *
     * @throws IOException when the cursor's file cannot be read or made
     * @throws IllegalStateException when the cursor is open already, the ring is closed, or there
     *     are {@link #MAX_CURSORS}
     */
    public RingCursor openCursor(String export, Beginning beginning) throws IOException {
        synchronized (maintenanceLock) {
            requireOpen();
            RingCursor cursor = cursors.find(export);
            if (cursor == null) {
                cursor = createCursor(export, beginning.isOldest(cursors.size() == 0));
            }
            cursor.open();
            return cursor;
        }
    }

    /** Gives an export whose cursor's file went bad a new one: rather twice than never. */
    void replaceCursor(String export) throws IOException {
        synchronized (maintenanceLock) {
            createCursor(export, true);
            damaged(-1 - cursors.size());
        }
    }

    private RingCursor createCursor(String export, boolean oldest) throws IOException {
        if (cursors.size() >= MAX_CURSORS) {
            throw new IllegalStateException("a ring has at most " + MAX_CURSORS + " cursors");
        }
        Tally.Mark start = new CursorStart(chain, tally).find(oldest);
        CursorLine line = new CursorLine(start.position(), start.records(), 0, 0, 0);
        CursorFile file =
                CursorFile.create(environment.storage(), files.cursor(export), epoch, line);
        RingCursor cursor =
                new RingCursor(
                        this, export, file, new Takes(file, line), start.segment(), start.offset());
        cursors.add(cursor);
        return cursor;
    }

    /**
     * Forgets an export's cursor for ever; its lag is counted nowhere any more. Blocking.
     *
     * @throws IllegalStateException when it is open
     */
    public void deleteCursor(String export) throws IOException {
        synchronized (maintenanceLock) {
            requireOpen();
            RingCursor cursor = cursors.find(export);
            if (cursor == null) {
                return;
            }
            if (cursor.isOpened()) {
                throw new IllegalStateException("cursor " + export + " is open");
            }
            environment.storage().delete(files.cursor(export));
            environment.storage().forceDirectory(files.directory());
            cursors.remove(cursor);
            cursor.file().close();
        }
        advanced();
        maintenance.request();
    }

    /** Names of all cursors, open or not. */
    public List<String> cursors() {
        return cursors.all().stream().map(RingCursor::name).toList();
    }

    /** Position behind the last claimed entry. */
    public long tail() {
        return chain.tail().claimedEnd();
    }

    /** The lowest position that any cursor still needs; the tail where there is none. */
    public long head() {
        RingCursor last = cursors.last();
        return last == null ? tail() : last.position();
    }

    /** Records appended since the ring was made; survives a restart. */
    public long acceptedRecords() {
        return tally.records();
    }

    /**
     * The account of one export, counted by walking. May run beside appends and takes. Blocking,
     * and long when there is much backlog.
     *
     * @throws IllegalArgumentException when there is no such cursor
     */
    public RingLedger ledger(String export) {
        Segment oldest = chain.pinOldest();
        try {
            requireOpen();
            RingCursor cursor = cursors.find(export);
            if (cursor == null) {
                throw new IllegalArgumentException("no cursor " + export);
            }
            LedgerWalk.Side side = cursor.ledgerSide();
            return new LedgerWalk(tally, config.residentBytes()).count(export, side, chain.tail());
        } finally {
            oldest.unpin();
        }
    }

    /**
     * Shows the newest entries at or behind a position, at most so many, without a cursor: a sample
     * for people, in which entries of segments before the last are left out. Blocking.
     *
     * @return the position behind them
     */
    public long newest(long from, int most, Take.EntryVisitor visitor) {
        Segment oldest = chain.pinOldest();
        try {
            requireOpen();
            return NewestEntries.visit(chain.tail(), from, most, visitor);
        } finally {
            oldest.unpin();
        }
    }

    /**
     * Makes everything below {@link #tail()} survive a power loss, as far as it is published: an
     * append that returned before the call is covered. Blocking; called by the group sync.
     *
     * @throws IOException when the disk failed: the segment takes no more, see {@link
     *     RingWriter#FAILED}, and what lies above {@link #forcedPosition} is not known to be safe
     */
    public void force() throws IOException {
        Segment oldest = chain.pinOldest();
        try {
            if (!closed) {
                // before the force: what is written during it meets pages that it has protected
                forcedIndex = chain.tail().index();
                force.run();
            }
        } finally {
            oldest.unpin();
        }
    }

    /** Everything below was forced. */
    public long forcedPosition() {
        return force.position();
    }

    /**
     * Sets who is told of changes; at most one listener.
     *
     * @see Listener
     */
    public void listener(@Nullable Listener listener) {
        this.listener = listener;
    }

    /** A point-in-time view for people, metrics and the ledger. */
    public RingStats stats() {
        List<RingStats.CursorStats> rows = new ArrayList<>();
        for (RingCursor cursor : cursors.all()) {
            rows.add(cursor.stats());
        }
        return new RingStats(
                head(),
                tail(),
                acceptedRecords(),
                chain.size() - chain.ready(),
                (long) pool.files() * config.segmentBytes(),
                damage.entries(),
                rows);
    }

    /** Why the ring refuses appends or cannot get room, or null when nothing is wrong. */
    public @Nullable String trouble() {
        String failed = failure;
        return failed != null ? failed : maintenance.trouble();
    }

    /**
     * Writes the snapshot and lets go of every file and mapping. All takes must be settled, or
     * their cursors closed. When everything is settled by every export, the segment files are
     * deleted: a closed idle ring is a snapshot and a few cursors. Blocking. A second call does
     * nothing.
     */
    public void close() throws IOException {
        synchronized (maintenanceLock) {
            if (closed) {
                return;
            }
            for (RingCursor cursor : cursors.all()) {
                if (cursor.isOpened() && cursor.openTakes() > 0) {
                    throw new IllegalStateException("cursor " + cursor.name() + " has open takes");
                }
            }
            closed = true;
            new RingCloser(this, parts).close();
        }
    }

    /** Closes the ring and deletes all of its files. Blocking. */
    public void delete() throws IOException {
        close();
        synchronized (maintenanceLock) {
            for (Path path : files.all()) {
                environment.storage().delete(path);
            }
            environment.storage().delete(files.directory());
        }
    }

    // Below: for the other classes of the package.

    RingConfig config() {
        return config;
    }

    RingFiles files() {
        return files;
    }

    CursorSet cursorSet() {
        return cursors;
    }

    ChainForce forcing() {
        return force;
    }

    RingMaintenance maintenance() {
        return maintenance;
    }

    SegmentChain chain() {
        return chain;
    }

    Segment tailSegment() {
        return chain.tail();
    }

    boolean isClosed() {
        return closed;
    }

    boolean hasFailed() {
        return failure != null;
    }

    /** Whether the pages of a segment may be as a force left them: write-protected. */
    boolean forcedLately(Segment segment) {
        return segment.index() - forcedIndex <= RingMaintenance.FILES_IN_TURN;
    }

    /** Bytes between a place and the tail. */
    long bytesBehind(Segment segment, int offset) {
        Segment tail = chain.tail();
        return Math.max(0, segment.distance(offset, tail, tail.claimed()));
    }

    /** Whether a place lies so near to the tail that its pages never left the page cache. */
    boolean isResident(Segment segment, int offset) {
        return bytesBehind(segment, offset) <= config.residentBytes();
    }

    /** The last step of opening: what was found is written down, and a segment made ready. */
    void start() throws IOException {
        synchronized (maintenanceLock) {
            tally.roll(chain.tail());
            maintenance.writeSnapshot(false);
            maintenance.pass();
        }
    }

    /** A writer found no room in the tail; false when there is no segment behind it. */
    boolean turnOver(Segment from) {
        Segment next = from.next();
        if (next == null) {
            maintenance.requestRoom();
            return false;
        }
        from.seal();
        if (chain.advance(from, next)) {
            maintenance.request();
        }
        return true;
    }

    /** An append is over. */
    void appended(Segment segment, int offset, int bytes) {
        WakeUp.published();
        cursors.wakeIfArmed();
        int half = segment.limit() / 2;
        if (offset < half && offset + bytes >= half) {
            maintenance.request();
        }
    }

    /** A cursor's position moved. */
    void advanced() {
        long head = head();
        long before = notifiedHead.getAndAccumulate(head, Math::max);
        if (head <= before) {
            return;
        }
        Listener told = listener;
        if (told != null) {
            told.onHeadAdvanced(head);
        }
        if (hasFailed() || head >= chain.oldest().claimedEnd()) {
            maintenance.request();
        }
    }

    /** A file failed: no more appends until all is settled. */
    void segmentFailed(Segment segment, Throwable cause) {
        failure = segment + " failed: " + cause;
        segment.fail();
        chain.tail().stop();
        maintenance.request();
    }

    /** The ring goes on in another segment. */
    void recovered() {
        failure = null;
    }

    /** A damaged entry was met. */
    void damaged(long position) {
        damage.saw(position);
    }

    /** One pass of maintenance and the signals that follow from it. */
    void maintain() {
        synchronized (maintenanceLock) {
            if (closed) {
                return;
            }
            maintenance.pass();
        }
        Listener told = listener;
        if (told != null) {
            maintenance.signal(told);
        }
    }

    RingSnapshot snapshot(Tally.Mark mark, long reachedIndex, boolean orderly) {
        return new RingSnapshot(
                epoch,
                (int) config.segmentBytes(),
                orderly,
                environment.bootId(),
                mark.position(),
                reachedIndex * config.segmentBytes(),
                mark.records(),
                damage.entries(),
                producers.encode(mark.position()));
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the ring is closed");
        }
    }

    /** Upward signals. Called on whatever thread caused them; must return at once. */
    public interface Listener {
        /** A cursor advanced: everything below {@link Ring#head()} is settled by every export. */
        void onHeadAdvanced(long head);

        /** There is room again after an append was refused with {@link RingWriter#FULL}. */
        void onRoom();

        /**
         * The disk budget is spent and the named cursor holds the oldest segment: its export's
         * {@code when_full} decides. Repeated until there is room, at most once a second.
         *
         * @param releaseTo position up to which the cursor must advance to free one segment
         */
        void onOverBudget(String cursor, long releaseTo);
    }
}
