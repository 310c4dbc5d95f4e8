package io.penstock.gateway.alert.watch;

import io.penstock.exporter.fanout.LedgerRow;
import io.penstock.gateway.alert.Subject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What does not balance. A ledger is read while everything goes on, so that a residue counts only
 * when it is found twice in a row, and the same.
 *
 * <p>Threading: any thread; the rows of a repo come one time after the other.
 */
final class Residues {
    /** Rows that do not balance; those beyond are not told of. */
    static final int MAX_ROWS = 100;

    private final Map<Subject, Long> residues = new ConcurrentHashMap<>();
    private final Map<Subject, Long> doubted = new ConcurrentHashMap<>();

    /** Takes the ledger of a repo; whether it has to be read again. */
    boolean take(List<LedgerRow> rows) {
        boolean again = false;
        for (LedgerRow row : rows) {
            Subject subject = new Subject(row.repo().value(), row.export());
            Long before = doubted.remove(subject);
            if (row.residue() == 0) {
                residues.remove(subject);
            } else if (before != null && before == row.residue()) {
                keep(subject, row.residue());
            } else if (doubted.size() < MAX_ROWS) {
                doubted.put(subject, row.residue());
                again = true;
            }
        }
        return again;
    }

    private void keep(Subject subject, long residue) {
        if (residues.size() < MAX_ROWS || residues.containsKey(subject)) {
            residues.put(subject, residue);
        }
    }

    /** Residues, by export. */
    Map<Subject, Long> all() {
        return residues;
    }
}
