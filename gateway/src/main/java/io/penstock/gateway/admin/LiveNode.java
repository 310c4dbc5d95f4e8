package io.penstock.gateway.admin;

import io.penstock.exporter.fanout.ExportStats;
import io.penstock.exporter.fanout.FanOut;
import io.penstock.exporter.fanout.Ledger;
import io.penstock.exporter.fanout.LedgerRow;
import io.penstock.exporter.stage.RepoDirectories;
import io.penstock.exporter.stage.Stage;
import io.penstock.exporter.stage.StageRegistry;
import io.penstock.exporter.stage.StageState;
import io.penstock.model.RepoName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A node that runs. Threading: any thread. */
public final class LiveNode implements NodeView {
    private final StageRegistry stages;
    private final FanOut fanOut;
    private final RepoDirectories directories;
    private final Ledger ledger;

    /** Looks at these. */
    public LiveNode(StageRegistry stages, FanOut fanOut, RepoDirectories directories) {
        this.stages = stages;
        this.fanOut = fanOut;
        this.directories = directories;
        this.ledger = new Ledger(directories);
    }

    @Override
    public List<RepoRow> repos() throws IOException {
        return rows(stages.known());
    }

    @Override
    public List<RepoRow> repos(Page page) throws IOException {
        return rows(stages.known(page.after(), page.limit()));
    }

    private List<RepoRow> rows(List<RepoName> repos) {
        List<RepoRow> rows = new ArrayList<>();
        for (RepoName repo : repos) {
            rows.add(
                    stages.find(repo).map(LiveNode::row).orElse(new RepoRow(repo, "closed", null)));
        }
        return rows;
    }

    @Override
    public Optional<RepoRow> repo(RepoName repo) throws IOException {
        Optional<RepoRow> open = stages.find(repo).map(LiveNode::row);
        return open.isPresent() || !directories.exists(repo)
                ? open
                : Optional.of(new RepoRow(repo, "closed", null));
    }

    private static RepoRow row(Stage stage) {
        String state = stage.state().name().toLowerCase(Locale.ROOT);
        return new RepoRow(
                stage.repo(),
                state,
                stage.state() == StageState.ACTIVE ? stage.ring().stats() : null);
    }

    @Override
    public List<ExportStats> exports() {
        return fanOut.stats().stream()
                .sorted(Comparator.comparing(ExportStats::repo).thenComparing(ExportStats::export))
                .toList();
    }

    /** Of the repos that are open; a closed one has nothing staged, and no counts but on disk. */
    @Override
    public List<LedgerRow> ledger() throws IOException {
        List<LedgerRow> rows = new ArrayList<>();
        for (Stage stage : stages.stages()) {
            if (stage.state() == StageState.ACTIVE) {
                rows.addAll(ledger.of(stage, fanOut));
            }
        }
        rows.sort(Comparator.comparing(LedgerRow::repo).thenComparing(LedgerRow::export));
        return rows;
    }
}
