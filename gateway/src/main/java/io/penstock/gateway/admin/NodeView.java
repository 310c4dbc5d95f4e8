package io.penstock.gateway.admin;

import io.penstock.exporter.deadletter.DeadLetterStore;
import io.penstock.exporter.fanout.ExportStats;
import io.penstock.exporter.ring.RingLedger;
import io.penstock.exporter.ring.RingStats;
import io.penstock.model.RepoName;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node holds, whether it runs or not. Every method may block. */
public interface NodeView {
    /** Every repo, by name. */
    List<RepoRow> repos() throws IOException;

    /** Every export of every open repo, by repo and name. */
    List<ExportStats> exports() throws IOException;

    /** The ledger, by repo and export. */
    List<LedgerRow> ledger() throws IOException;

    /**
     * One repo.
     *
     * @param repo name
     * @param state word for where it stands
     * @param ring its ring, or null when that is not open
     */
    record RepoRow(RepoName repo, String state, @Nullable RingStats ring) {}

    /**
     * The fate of every record that an export was given. Staged and parked are counted in the ring,
     * so the residue is a real check.
     */
    record LedgerRow(
            RepoName repo,
            String export,
            long accepted,
            long delivered,
            long staged,
            long parked,
            long deadLettered,
            long dropped) {
        /**
         * A row from what the ring counts, and what became of dead letters since: a replayed one was
         * delivered after all, one that a person dropped was dropped.
         */
        public static LedgerRow of(RepoName repo, RingLedger ring, DeadLetterStore letters) {
            long replayed = letters.replayedRecords();
            long dropped = letters.droppedRecords();
            return new LedgerRow(
                    repo,
                    ring.export(),
                    ring.accepted() - ring.base(),
                    ring.delivered() + replayed,
                    ring.staged(),
                    ring.parked(),
                    ring.deadLettered() - replayed - dropped,
                    ring.dropped() + dropped);
        }

        /** What is not accounted for; 0 in a node that is well. */
        public long residue() {
            return accepted - delivered - staged - parked - deadLettered - dropped;
        }
    }
}
