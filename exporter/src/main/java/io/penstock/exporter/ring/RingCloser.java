package io.penstock.exporter.ring;

import io.penstock.exporter.chain.Tally;
import io.penstock.exporter.segment.Segment;
import io.penstock.exporter.segment.SegmentFile;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The orderly end: no more claims, everything forced, the snapshot written as the last word, then
 * files and mappings let go.
 *
 * <p>Threading: under the maintenance lock.
 */
final class RingCloser {
    /** How long to wait for appends that are just being written; they take microseconds. */
    private static final long QUIET_MS = 10_000;

    private final Ring ring;
    private final RingParts parts;

    RingCloser(Ring ring, RingParts parts) {
        this.ring = ring;
        this.parts = parts;
    }

    void close() throws IOException {
        for (Segment segment : parts.chain().all()) {
            segment.stop();
        }
        awaitQuiet();
        boolean drained = isDrained();
        IOException failure = writeLastWord(drained);
        for (RingCursor cursor : ring.cursorSet().all()) {
            cursor.close();
            failure = join(failure, cursor.file()::close);
        }
        for (Segment segment : parts.chain().all()) {
            // without the last word in the snapshot the files are all there is
            boolean surplus = failure == null && (drained || isReady(segment));
            SegmentFile file = segment.file();
            failure =
                    join(
                            failure,
                            surplus
                                    ? () -> parts.pool().delete(file)
                                    : () -> parts.pool().close(file));
        }
        failure = join(failure, () -> parts.pool().trim(0));
        if (failure != null) {
            throw failure;
        }
    }

    /** Waits until nobody writes or walks the segments any more. */
    private void awaitQuiet() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(QUIET_MS);
        for (Segment segment : parts.chain().all()) {
            while (!segment.complete() || segment.pinned()) {
                if (System.nanoTime() > deadline) {
                    throw new IOException(segment + " is still in use; its mapping stays");
                }
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
            }
        }
    }

    private boolean isDrained() {
        for (RingCursor cursor : ring.cursorSet().all()) {
            if (!cursor.isDrained()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a segment stands behind the tail and was never written. */
    private boolean isReady(Segment segment) {
        return segment.start() > parts.chain().tail().start();
    }

    private @Nullable IOException writeLastWord(boolean drained) {
        try {
            if (!drained) {
                ring.forcing().run();
            }
            for (RingCursor cursor : ring.cursorSet().all()) {
                cursor.file().force();
            }
            Tally tally = parts.tally();
            tally.roll(parts.chain().tail());
            tally.rollTo(parts.chain().tail());
            ring.maintenance().writeSnapshot(!ring.hasFailed());
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    /** An action on a file. */
    @FunctionalInterface
    private interface FileAction {
        void run() throws IOException;
    }

    private static @Nullable IOException join(@Nullable IOException before, FileAction action) {
        try {
            action.run();
            return before;
        } catch (IOException e) {
            if (before == null) {
                return e;
            }
            before.addSuppressed(e);
            return before;
        }
    }
}
