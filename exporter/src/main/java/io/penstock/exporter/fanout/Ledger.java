package io.penstock.exporter.fanout;

import io.penstock.exporter.deadletter.DeadLetterStore;
import io.penstock.exporter.ring.Ring;
import io.penstock.exporter.ring.RingLedger;
import io.penstock.exporter.stage.RepoDirectories;
import io.penstock.exporter.stage.RingOpener;
import io.penstock.exporter.stage.Stage;
import io.penstock.model.RepoName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The account of every record, per repo and export: accepted = delivered + staged + parked +
 * dead-lettered + dropped. Staged and parked are counted by walking the ring, so the residue checks
 * something.
 *
 * <p>A dead letter that was replayed or dropped by a person was dead-lettered when its run was
 * committed; its store knows it moved, and the rows here say so: from dead-lettered to delivered or
 * to dropped.
 *
 * <p>Threading: any thread; blocks, for long when there is much backlog.
 */
public final class Ledger {
    private final RepoDirectories directories;

    /** The ledger of the repos in these directories. */
    public Ledger(RepoDirectories directories) {
        this.directories = directories;
    }

    /** The rows of an open stage, while everything goes on. */
    public List<LedgerRow> of(Stage stage, FanOut fanOut) throws IOException {
        List<LedgerRow> rows = new ArrayList<>();
        for (String export : stage.ring().cursors()) {
            Optional<DeadLetterStore> letters = fanOut.deadLetters(stage.repo(), export);
            rows.add(
                    letters.isPresent()
                            ? row(stage.repo(), stage.ring().ledger(export), letters.get())
                            : stoppedRow(stage.repo(), stage.ring(), export));
        }
        return rows;
    }

    /**
     * The rows of a repo that is not open, from its files.
     *
     * @param opener opens its ring for as long as this takes; the caller sees to it that nobody
     *     else has it open
     */
    public List<LedgerRow> ofClosed(RepoName repo, RingOpener opener) throws IOException {
        Ring ring = opener.open(directories.ringOf(repo));
        try {
            List<LedgerRow> rows = new ArrayList<>();
            for (String export : ring.cursors()) {
                rows.add(stoppedRow(repo, ring, export));
            }
            return rows;
        } finally {
            ring.close();
        }
    }

    /** An export that does not run: its dead letters are read from their files. */
    private LedgerRow stoppedRow(RepoName repo, Ring ring, String export) throws IOException {
        RingLedger account = ring.ledger(export);
        Path letters = directories.deadLettersOf(repo, export);
        if (!Files.isDirectory(letters)) {
            return row(repo, account, 0, 0);
        }
        try (DeadLetterStore store = DeadLetterStore.look(letters)) {
            return row(repo, account, store);
        }
    }

    private static LedgerRow row(RepoName repo, RingLedger account, DeadLetterStore letters) {
        return row(repo, account, letters.replayedRecords(), letters.droppedRecords());
    }

    private static LedgerRow row(
            RepoName repo, RingLedger account, long replayed, long droppedByPerson) {
        return new LedgerRow(
                repo,
                account.export(),
                account.accepted() - account.base(),
                account.delivered() + replayed,
                account.staged(),
                account.parked(),
                account.deadLettered() - replayed - droppedByPerson,
                account.dropped() + droppedByPerson);
    }
}
