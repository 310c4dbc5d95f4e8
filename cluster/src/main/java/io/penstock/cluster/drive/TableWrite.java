package io.penstock.cluster.drive;

import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.election.Confirmations;
import io.penstock.cluster.store.AssignmentStore;
import io.penstock.cluster.store.Saved;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a leader's table to the shared map and to the store, side by side. It can be pulled as
 * soon as one of them has it: nodes ask both, and a store that hangs must not keep tasks from
 * running. No leader trusts what is stored, so nothing is lost with the other.
 *
 * <p>Threading: the member's thread; answers are posted to it.
 */
final class TableWrite {
    private static final Logger LOG = LoggerFactory.getLogger(TableWrite.class);

    /** Who hears of it, on the member's thread. */
    interface Writer {
        void saved(Version version);

        void notSaved(Version version, @Nullable Version newer);
    }

    /** Between two looks whether a table is still under its name. */
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final AssignmentStore store;
    private final SharedLevel shared;
    private final MemberLoop loop;
    private final Writer writer;

    private @Nullable AssignmentTable newest;
    private @Nullable String writtenAs;
    private long lookAtNs = Confirmations.NEVER;

    TableWrite(AssignmentStore store, SharedLevel shared, MemberLoop loop, Writer writer) {
        this.store = store;
        this.shared = shared;
        this.loop = loop;
        this.writer = writer;
    }

    void write(AssignmentTable table) {
        newest = table;
        writtenAs = shared.name();
        Attempt attempt = new Attempt(table.version());
        share(table, attempt);
        store.save(table)
                .whenComplete(
                        (saved, failure) ->
                                loop.post(
                                        () ->
                                                attempt.stored(
                                                        saved == null
                                                                ? new Saved.Unknown(
                                                                        String.valueOf(failure))
                                                                : saved)));
    }

    /**
     * While this node leads: when nodes come or go, the name changes under which its table is kept
     * and looked for, and nobody finds the table before it is there again.
     */
    void tick(long nowNs) {
        AssignmentTable table = newest;
        if (table == null || nowNs < lookAtNs) {
            return;
        }
        lookAtNs = nowNs + LOOK_NS;
        String name = shared.name();
        if (!Objects.equals(name, writtenAs)) {
            writtenAs = name;
            share(table, new Attempt(table.version()));
        }
    }

    private void share(AssignmentTable table, Attempt attempt) {
        shared.offer(table)
                .whenComplete((there, failure) -> loop.post(() -> shared(attempt, there, failure)));
    }

    private void shared(Attempt attempt, @Nullable Version there, @Nullable Throwable failure) {
        if (there == null) {
            LOG.debug("cluster: the shared map has not got {}: {}", attempt.version, failure);
            writtenAs = null; // tried again
        }
        attempt.shared(there == null ? Version.NONE : there);
    }

    /** This node does not lead, or not any more. */
    void rest() {
        newest = null;
    }

    /** One table on its way; confined to the member's thread. */
    private final class Attempt {
        private final Version version;
        private boolean isTold;
        private int failures;

        Attempt(Version version) {
            this.version = version;
        }

        void shared(Version there) {
            if (there.equals(version)) {
                done();
            } else {
                failed(there.supersedes(version) ? there : null);
            }
        }

        void stored(Saved saved) {
            if (saved instanceof Saved.Done) {
                done();
                return;
            }
            if (saved instanceof Saved.Stale stale) {
                failed(stale.has());
                return;
            }
            LOG.warn("cluster: the store has not got table {}: {}", version, saved);
            failed(null);
        }

        private void done() {
            if (!isTold) {
                isTold = true;
                writer.saved(version);
            }
        }

        /** A table of a later epoch ends this leadership, whatever the other place says. */
        private void failed(@Nullable Version newer) {
            failures++;
            boolean isLater = newer != null && newer.epoch() > version.epoch();
            if (isLater || (failures == 2 && !isTold)) {
                writer.notSaved(version, newer);
            }
        }
    }
}
