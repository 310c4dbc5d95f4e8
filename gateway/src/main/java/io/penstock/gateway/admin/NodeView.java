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

    /** Some of the repos, by name. */
    default List<RepoRow> repos(Page page) throws IOException {
        return repos().stream()
                .filter(row -> row.repo().value().compareTo(page.after()) > 0)
                .limit(page.limit())
                .toList();
    }

    /** One repo, if it is there. */
    default Optional<RepoRow> repo(RepoName repo) throws IOException {
        return repos().stream().filter(row -> row.repo().equals(repo)).findFirst();
    }

    /** Every export of every open repo, by repo and name. */
    List<ExportStats> exports() throws IOException;

    /** The ledger, by repo and export. */
    List<LedgerRow> ledger() throws IOException;

    /**
     * A part of a list that is in the order of names.
     *
     * @param after names behind this one, "" for all
     * @param limit how many of them at the most
     */
    record Page(String after, int limit) {
        /** Longest; about 2 MiB of JSON. */
        public static final int MAX = 10_000;

        private static final int USUAL = 1_000;

        /** Checks ranges. */
        public Page {
            if (limit < 1 || limit > MAX) {
                throw new IllegalArgumentException("limit must be 1 to " + MAX);
            }
        }

        /** Of the parameters of a request, each of which may be missing. */
        public static Page read(@Nullable String after, @Nullable String limit) {
            if (limit != null && !limit.matches("[0-9]{1,6}")) {
                throw new IllegalArgumentException("limit must be 1 to " + MAX);
            }
            return new Page(
                    after == null ? "" : after, limit == null ? USUAL : Integer.parseInt(limit));
        }
    }

    /**
     * One repo.
     *
     * @param repo name
     * @param state word for where it stands
     * @param ring its ring, or null when that is not open
     */
    record RepoRow(RepoName repo, String state, @Nullable RingStats ring) {}
}
