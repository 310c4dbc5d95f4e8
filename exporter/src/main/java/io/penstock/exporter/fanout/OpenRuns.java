package io.penstock.exporter.fanout;

import io.penstock.exporter.deadletter.DeadLetter;
import io.penstock.exporter.receipt.SettledRuns.SettledRun;
import io.penstock.exporter.ring.Take;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of one export that are taken and not committed, and the way from settled to committed:
 * dead letters are forced first.
 *
 * <p>Threading: confined to the export's context.
 */
final class OpenRuns {
    private static final Logger LOG = LoggerFactory.getLogger(OpenRuns.class);

    private final ExportParts parts;
    private final Context context;
    private final ExportMeter meter;
    private final Runnable progress;
    private final TreeMap<Long, OpenRun> runs = new TreeMap<>();
    private long takenTo;
    private int storing;
    private boolean closed;

    /**
     * No runs yet.
     *
     * @param progress called after a commit
     */
    OpenRuns(ExportParts parts, Context context, ExportMeter meter, Runnable progress) {
        this.parts = parts;
        this.context = context;
        this.meter = meter;
        this.progress = progress;
        this.takenTo = parts.cursor().position();
    }

    int size() {
        return runs.size();
    }

    /** Position behind everything taken so far. */
    long takenTo() {
        return takenTo;
    }

    /** Whether dead letters are being written right now. */
    boolean isStoring() {
        return storing > 0;
    }

    /** Takes the next run that has records, or null; it is no larger, or a single batch. */
    @Nullable OpenRun take(int maxRecords, long maxBytes) {
        while (true) {
            long oldestMs = parts.cursor().oldestUntakenMs();
            Take take = parts.cursor().take(maxRecords, maxBytes);
            if (take == null) {
                return null;
            }
            takenTo = Math.max(takenTo, take.end());
            OpenRun run =
                    new OpenRun(
                            take,
                            oldestMs,
                            parts.letters().foundOf(parts.epoch(), take.first(), take.end()));
            if (!run.isSettled()) {
                runs.put(take.first(), run);
                noteOldest();
                return run;
            }
            // Every entry of it was quarantined (the ring counts those), or a kill came between
            // the last settlement and the commit.
            commit(take, run);
        }
    }

    private void commit(Take take, OpenRun run) {
        // before: whoever finds it settled finds how
        meter.settled()
                .add(
                        new SettledRun(
                                take.first(),
                                take.end(),
                                parts.now(),
                                run.deliveredRecords(),
                                run.deadLetteredRecords(),
                                run.droppedRecords()));
        parts.cursor()
                .commit(
                        take,
                        run.deliveredRecords(),
                        run.deadLetteredRecords(),
                        run.droppedRecords());
    }

    /** The runs that start below a position, oldest first. */
    List<OpenRun> below(long position) {
        return new ArrayList<>(runs.headMap(position).values());
    }

    /**
     * Settles some records of a run, after its progress was marked.
     *
     * @param deadLettered records that become dead letters, all of them in {@code letters}
     */
    void settled(
            OpenRun run, int delivered, int dropped, int deadLettered, List<DeadLetter> letters) {
        run.settled(delivered, dropped, deadLettered, letters);
        if (run.isSettled() && run.letters().isEmpty()) {
            commit(run);
            return;
        }
        note(run);
        if (run.isSettled()) {
            store(run);
        }
    }

    /** Notes beside the take how far the run came, before anything more of it is offered. */
    void note(OpenRun run) {
        byte[] noted = closed ? null : run.progress().encode();
        if (noted != null) {
            parts.cursor().note(run.take(), noted);
        }
    }

    private void store(OpenRun run) {
        if (closed) {
            return;
        }
        storing++;
        List<DeadLetter> letters = List.copyOf(run.letters());
        context.executeBlocking(() -> parts.letters().append(letters), true)
                .onComplete(
                        (kept, failure) -> {
                            storing--;
                            run.kept(kept == null ? 0 : kept);
                            stored(run, failure);
                        });
    }

    private void stored(OpenRun run, @Nullable Throwable failure) {
        if (run.letters().isEmpty()) {
            if (meter.state() == ExportState.DEAD_LETTERS_FULL) {
                meter.state(ExportState.RUNNING);
            }
            commit(run);
            return;
        }
        note(run);
        String why =
                failure == null
                        ? "dead letters have reached dead_letters.max_bytes: replay or drop some"
                        : "dead letters cannot be written: " + failure.getMessage();
        if (meter.state() != ExportState.DEAD_LETTERS_FULL) {
            LOG.warn("export {}: {}", parts.subject(), why);
        }
        meter.error(why);
        meter.state(ExportState.DEAD_LETTERS_FULL);
        context.owner().setTimer(parts.patience().lettersMs(), id -> store(run));
    }

    private void commit(OpenRun run) {
        if (closed) {
            return;
        }
        commit(run.take(), run);
        runs.remove(run.first());
        noteOldest();
        progress.run();
    }

    private void noteOldest() {
        meter.oldestOpen(runs.isEmpty() ? -1 : runs.firstEntry().getValue().oldestMs());
    }

    /** From here on nothing is committed: the cursor is about to be closed. */
    void close() {
        closed = true;
    }
}
