package io.penstock.gateway.boot;

import io.penstock.exporter.deadletter.DeadLetterConfig;
import io.penstock.exporter.deadletter.DeadLetterStore;
import io.penstock.exporter.fanout.ExportState;
import io.penstock.exporter.fanout.ExportStats;
import io.penstock.exporter.fanout.Ledger;
import io.penstock.exporter.fanout.LedgerRow;
import io.penstock.exporter.pressure.PressureStats;
import io.penstock.exporter.ring.Ring;
import io.penstock.exporter.ring.RingStats;
import io.penstock.exporter.ring.RingStats.CursorStats;
import io.penstock.exporter.stage.DiskRings;
import io.penstock.exporter.stage.RepoDirectories;
import io.penstock.gateway.admin.NodeView;
import io.penstock.gateway.audit.AuditFiles;
import io.penstock.gateway.config.GatewayConfig;
import io.penstock.model.RepoName;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node that does not run holds, by its files. Rings are opened one after another, recovered
 * as a start would, looked at and closed.
 *
 * <p>Threading: confined to one thread; every method blocks.
 */
public final class StoppedNode implements NodeView, AutoCloseable {
    private final DataDirectory data;
    private final RepoDirectories directories;
    private final DiskRings rings;

    /** Takes over the directory. */
    public StoppedNode(DataDirectory data, GatewayConfig config) {
        this.data = data;
        this.directories = new RepoDirectories(data.repos());
        this.rings = new DiskRings(config.ring(), config.staging());
    }

    @Override
    public List<RepoRow> repos() throws IOException {
        List<RepoRow> rows = new ArrayList<>();
        for (RepoName repo : directories.known()) {
            rows.add(new RepoRow(repo, "stopped", stats(repo)));
        }
        return rows;
    }

    private RingStats stats(RepoName repo) throws IOException {
        Ring ring = rings.open(directories.ringOf(repo));
        try {
            return ring.stats();
        } finally {
            ring.close();
        }
    }

    @Override
    public List<ExportStats> exports() throws IOException {
        List<ExportStats> rows = new ArrayList<>();
        for (RepoName repo : directories.known()) {
            RingStats ring = stats(repo);
            for (CursorStats cursor : ring.cursors()) {
                rows.add(row(repo, ring, cursor));
            }
        }
        return rows;
    }

    private ExportStats row(RepoName repo, RingStats ring, CursorStats cursor) throws IOException {
        try (DeadLetterStore letters = letters(repo, cursor.name())) {
            return row(repo, ring, cursor, letters);
        }
    }

    private static ExportStats row(
            RepoName repo, RingStats ring, CursorStats cursor, DeadLetterStore letters) {
        long settled =
                cursor.deliveredRecords() + cursor.deadLetteredRecords() + cursor.droppedRecords();
        return new ExportStats(
                repo,
                cursor.name(),
                ExportState.STOPPED,
                cursor.deliveredRecords() + letters.replayedRecords(),
                0,
                letters.heldRecords(),
                cursor.droppedRecords() + letters.droppedRecords(),
                0,
                0,
                0,
                0,
                ring.acceptedRecords() - cursor.baseRecords() - settled,
                cursor.lagBytes(),
                cursor.parkedBytes(),
                0,
                "",
                PressureStats.none());
    }

    /**
     * The dead letters of an export; to be closed.
     *
     * @throws IllegalArgumentException when there is no such export
     */
    public DeadLetterStore letters(RepoName repo, String export) throws IOException {
        Path letters = directories.deadLettersOf(repo, export);
        if (!RepoName.fault(export).isEmpty() || !Files.isDirectory(letters)) {
            throw new IllegalArgumentException(
                    "repo " + repo + " has no export '" + export + "' here");
        }
        return DeadLetterStore.open(letters, DeadLetterConfig.defaults(), Long.MAX_VALUE);
    }

    /** The newest entries of the audit log, newest first. */
    public JsonObject audit(int limit) throws IOException {
        return new AuditFiles(data.repos().resolveSibling(""), 0).newest(limit);
    }

    @Override
    public List<LedgerRow> ledger() throws IOException {
        List<LedgerRow> rows = new ArrayList<>();
        Ledger ledger = new Ledger(directories);
        for (RepoName repo : directories.known()) {
            rows.addAll(ledger.ofClosed(repo, rings));
        }
        return rows;
    }

    @Override
    public void close() throws IOException {
        rings.close();
        data.close();
    }
}
