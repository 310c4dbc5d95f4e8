package io.penstock.exporter.ring;

import io.penstock.exporter.segment.EntryEncoder;
import io.penstock.exporter.segment.EntryFormat;
import io.penstock.exporter.segment.Segment;
import io.penstock.exporter.storage.WriteWindow;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The put side of a ring for one thread. Several writers of one ring append concurrently.
 *
 * <p>Bytes go through the mapping, which is cheapest, unless the pages were forced lately: then a
 * store to each would be a fault, and large runs go through a {@link WriteWindow}.
 *
 * <p>Threading: confined to one thread. Never waits for the disk: both ways end in the page cache.
 */
public final class RingWriter {
    /** No room: the next segment is not there (yet); nothing was written. */
    public static final long FULL = -1;

    /** The run does not fit into one segment; it never will. Nothing was written. */
    public static final long TOO_LARGE = -2;

    /** The ring is closed. Nothing was written. */
    public static final long CLOSED = -3;

    /**
     * A file of the ring failed: nothing is taken until what it holds is settled by every export;
     * then the ring goes on in another file by itself. Nothing was acknowledged.
     */
    public static final long FAILED = -4;

    /** Runs below this touch so few pages that a call would cost as much as their faults. */
    private static final int WINDOW_BYTES = 8 << 10;

    private final Ring ring;
    private final EntryEncoder encoder;
    private final WriteWindow window;
    private final SlotWriter slot;
    private final byte[] firstHeader = new byte[EntryFormat.HEADER_BYTES];

    RingWriter(Ring ring, EntryEncoder encoder, WriteWindow window) {
        this.ring = ring;
        this.encoder = encoder;
        this.window = window;
        this.slot = new Slot(encoder);
    }

    /** The entry in hand, as its body sees it. */
    private record Slot(EntryEncoder encoder) implements SlotWriter {
        @Override
        public void put(byte[] source, int offset, int length) {
            encoder.put(source, offset, length);
        }

        @Override
        public long position() {
            return encoder.position();
        }
    }

    /**
     * Appends a run as one put transaction: all entries become visible together, contiguous, in
     * order.
     *
     * @return position of the first entry (the next starts {@link EntryLayout#entryBytes} behind
     *     it), or {@link #FULL}, {@link #TOO_LARGE}, {@link #CLOSED} or {@link #FAILED}, all
     *     negative
     */
    public long append(List<? extends PutEntry> run) {
        if (run.isEmpty()) {
            throw new IllegalArgumentException("a run has at least one entry");
        }
        long bytes = 0;
        for (int i = 0; i < run.size(); i++) {
            bytes += EntryFormat.entryBytes(run.get(i).bodyBytes());
        }
        if (bytes > ring.config().maxRunBytes()) {
            return TOO_LARGE;
        }
        if (ring.hasFailed()) {
            ring.maintenance().request();
            return ring.isClosed() ? CLOSED : FAILED;
        }
        while (true) {
            Segment segment = ring.tailSegment();
            int offset = segment.claim((int) bytes);
            if (offset >= 0) {
                return write(segment, offset, (int) bytes, run);
            }
            if (offset == Segment.STOPPED) {
                ring.maintenance().request();
                return ring.isClosed() ? CLOSED : FAILED;
            }
            if (!ring.turnOver(segment)) {
                return FULL;
            }
        }
    }

    private long write(Segment segment, int offset, int bytes, List<? extends PutEntry> run) {
        boolean over = false;
        long records = 0;
        try {
            writeEntries(segment, offset, run, windowFor(segment, bytes));
            records = remember(segment, offset, run);
            over = true;
        } catch (UncheckedIOException e) {
            over = passOver(segment, offset, bytes, run);
            ring.segmentFailed(segment, e);
            return FAILED;
        } catch (InternalError e) {
            ring.segmentFailed(segment, e);
            return FAILED;
        } finally {
            if (!over) {
                giveUp(segment, offset, bytes, run);
            }
            segment.finish(bytes, records);
        }
        ring.appended(segment, offset, bytes);
        return segment.start() + offset;
    }

    /**
     * The publish protocol. Bodies first; then, for the entries behind the first one, header and
     * commit word, and all that waits in the window; then the header of the first one, which from
     * here on vouches for the run even when the process dies; last its commit word, by which the
     * whole run becomes visible.
     */
    private void writeEntries(
            Segment segment,
            int offset,
            List<? extends PutEntry> run,
            @Nullable WriteWindow through) {
        if (through != null) {
            segment.open(through, offset + EntryFormat.HEADER_BYTES);
        }
        int at = offset;
        int firstBytes = 0;
        for (int i = 0; i < run.size(); i++) {
            PutEntry entry = run.get(i);
            int entryBytes = (int) EntryFormat.entryBytes(entry.bodyBytes());
            encoder.begin(segment, through, at, entry.bodyBytes(), at - offset);
            encode(entry);
            if (i == 0) {
                encoder.saveHeader(firstHeader);
                firstBytes = entryBytes;
            } else {
                encoder.writeBehind(entryBytes);
            }
            at += entryBytes;
        }
        if (through != null) {
            through.flush();
        }
        encoder.writeHeader(offset, firstHeader);
        segment.publish(offset, firstBytes);
    }

    private @Nullable WriteWindow windowFor(Segment segment, int bytes) {
        return bytes >= WINDOW_BYTES && ring.forcedLately(segment) ? window : null;
    }

    private void encode(PutEntry entry) {
        encoder.describe(
                entry.encoding(),
                entry.records(),
                entry.producerId(),
                entry.sequence(),
                entry.arrivedMs());
        entry.writeBody(slot);
        encoder.end();
    }

    /** Enters the run into the producers' windows; answers how many records it has. */
    private long remember(Segment segment, int offset, List<? extends PutEntry> run) {
        long records = 0;
        long position = segment.start() + offset;
        for (int i = 0; i < run.size(); i++) {
            PutEntry entry = run.get(i);
            records += entry.records();
            if (entry.producerId() != 0) {
                ring.producers().staged(entry.producerId(), entry.sequence(), position);
            }
            position += EntryFormat.entryBytes(entry.bodyBytes());
        }
        return records;
    }

    /** After a failed write: the mapping may well be whole. Answers whether it was. */
    private static boolean passOver(
            Segment segment, int offset, int bytes, List<? extends PutEntry> run) {
        try {
            giveUp(segment, offset, bytes, run);
            return true;
        } catch (InternalError e) {
            return false; // the segment fails, and readers find their way over what is not valid
        }
    }

    /** Makes a claim that came to nothing something that readers step over. */
    private static void giveUp(
            Segment segment, int offset, int bytes, List<? extends PutEntry> run) {
        if (segment.failed()) {
            return; // readers find their way over what is not valid once the segment is complete
        }
        int at = offset;
        for (int i = 0; i < run.size(); i++) {
            segment.erase(at);
            at += (int) EntryFormat.entryBytes(run.get(i).bodyBytes());
        }
        segment.pad(offset, bytes);
    }
}
