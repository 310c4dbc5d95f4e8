package io.penstock.gateway.admin;

import io.penstock.exporter.deadletter.DeadLetterStore;
import io.penstock.exporter.fanout.ExportStats;
import io.penstock.exporter.fanout.FanOut;
import io.penstock.exporter.ring.RingLedger;
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

    /** Looks at these. */
    public LiveNode(StageRegistry stages, FanOut fanOut) {
        this.stages = stages;
        this.fanOut = fanOut;
    }

    @Override
    public List<RepoRow> repos() throws IOException {
        List<RepoRow> rows = new ArrayList<>();
        for (RepoName repo : stages.known()) {
            rows.add(stages.find(repo).map(LiveNode::row).orElse(new RepoRow(repo, "closed", null)));
        }
        return rows;
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
                .sorted(
                        Comparator.comparing(ExportStats::repo)
                                .thenComparing(ExportStats::export))
                .toList();
    }

    @Override
    public List<LedgerRow> ledger() {
        List<LedgerRow> rows = new ArrayList<>();
        for (ExportStats export : exports()) {
            Stage stage = stages.find(export.repo()).orElse(null);
            DeadLetterStore letters =
                    fanOut.deadLetters(export.repo(), export.export()).orElse(null);
            if (stage != null && letters != null && stage.state() == StageState.ACTIVE) {
                RingLedger counted = stage.ring().ledger(export.export());
                rows.add(LedgerRow.of(export.repo(), counted, letters));
            }
        }
        return rows;
    }
}
