package io.penstock.exporter.ring;

import io.penstock.exporter.cursor.Run;
import io.penstock.exporter.segment.EntryReader;
import io.penstock.exporter.segment.EntryWalk;

/**
 * A run of entries lent to an export until it is committed or rolled back.
 *
 * <p>Threading: confined to one thread at a time; handing it over needs a happens-before edge.
 */
public final class Take {
    private final RingCursor cursor;
    private final Run run;
    private final int opening;
    private final int attempt;

    Take(RingCursor cursor, Run run, int opening) {
        this.cursor = cursor;
        this.run = run;
        this.opening = opening;
        this.attempt = run.offers() - 1;
    }

    RingCursor cursor() {
        return cursor;
    }

    Run run() {
        return run;
    }

    /** Number of the cursor's opening under which it was lent. */
    int opening() {
        return opening;
    }

    /** First position of the run. */
    public long first() {
        return run.first();
    }

    /** Position behind the run. */
    public long end() {
        return run.end();
    }

    /**
     * Records in the run's readable entries. May be 0 when every entry was quarantined: commit it
     * then.
     */
    public int records() {
        return run.contents().records();
    }

    /** Bytes of the bodies of the run's readable entries. */
    public long bodyBytes() {
        return run.contents().bodyBytes();
    }

    /** How often the run was offered before. */
    public int attempt() {
        return attempt;
    }

    /**
     * What the export noted last about the run, in this process or before a kill; empty when it
     * noted nothing. Not to be written to.
     */
    public byte[] progress() {
        return run.progress();
    }

    /**
     * Walks the entries in order; entries with a bad checksum are left out (and counted by the
     * ring).
     *
     * @throws IllegalStateException when the take is settled, or its cursor was closed
     */
    public void forEach(EntryVisitor visitor) {
        cursor.requireLent(this);
        EntryWalk walk = new EntryWalk(run.firstSegment(), run.firstOffset());
        View view = new View(walk.entry());
        // bodies that needed it were checked when the run was cut; again only where one was bad
        EntryWalk.Depth depth =
                run.contents().badEntries() == 0 ? EntryWalk.Depth.HEADERS : EntryWalk.Depth.BODIES;
        long end = run.end();
        while (walk.position() < end) {
            EntryWalk.Step step = walk.next(depth);
            if (step == EntryWalk.Step.END || walk.entry().position() >= end) {
                return;
            }
            if (step == EntryWalk.Step.ENTRY) {
                visitor.entry(view);
            }
        }
    }

    /** Sees one entry at a time. */
    @FunctionalInterface
    public interface EntryVisitor {
        /** The view is reused: valid during the call only. */
        void entry(EntryView entry);
    }

    /** What a visitor is shown. */
    record View(EntryReader entry) implements EntryView {
        @Override
        public long position() {
            return entry.position();
        }

        @Override
        public byte encoding() {
            return entry.encoding();
        }

        @Override
        public int records() {
            return entry.records();
        }

        @Override
        public long producerId() {
            return entry.producerId();
        }

        @Override
        public long sequence() {
            return entry.sequence();
        }

        @Override
        public long arrivedMs() {
            return entry.arrivedMs();
        }

        @Override
        public int bodyBytes() {
            return entry.bodyBytes();
        }

        @Override
        public void copyBody(byte[] target, int offset) {
            entry.copyBody(target, offset);
        }
    }
}
