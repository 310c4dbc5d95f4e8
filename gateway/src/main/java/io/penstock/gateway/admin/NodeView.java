package io.penstock.gateway.admin;

import io.penstock.exporter.fanout.ExportStats;
import io.penstock.exporter.fanout.LedgerRow;
import io.penstock.exporter.ring.RingStats;
import io.penstock.model.RepoName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a node holds, whether it runs or not. Every method may block. */
public interface NodeView {
    /** Every repo, by name. */
    List<RepoRow> repos() throws IOException;

    /** One repo, if it is there. */
    default Optional<RepoRow> repo(RepoName repo) throws IOException {
        return repos().stream().filter(row -> row.repo().equals(repo)).findFirst();
    }

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
}
