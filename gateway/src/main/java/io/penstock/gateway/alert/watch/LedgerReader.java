package io.penstock.gateway.alert.watch;

import io.penstock.exporter.fanout.LedgerRow;
import io.penstock.exporter.stage.Stage;
import io.penstock.exporter.stage.StageState;
import io.penstock.gateway.alert.Condition;
import io.penstock.gateway.alert.Readings;
import io.penstock.gateway.alert.Readings.Words;
import io.penstock.gateway.alert.Subject;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the ledgers of the open repos, one repo in each round and all of them once in {@code
 * alerts.ledger_check_ms}. What does not balance is read again in the next round, and counts only
 * when it still does not.
 *
 * <p>Threading: one round at a time; a check runs beside the rounds, on a worker.
 */
final class LedgerReader {
    /** A repo with more than this staged is passed over: its ring is walked for a check. */
    static final long MAX_STAGED_BYTES = 256L << 20;

    /** Rows that do not balance. */
    static final int MAX_ROWS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(LedgerReader.class);

    private final WatchParts parts;
    private final long everyMs;
    private final Deque<Stage> waiting = new ConcurrentLinkedDeque<>();
    private final Map<Subject, Long> residues = new ConcurrentHashMap<>();
    private final Map<Subject, Long> doubted = new ConcurrentHashMap<>();
    private final AtomicBoolean checking = new AtomicBoolean();
    private long nextMs = Long.MIN_VALUE;

    LedgerReader(WatchParts parts) {
        this.parts = parts;
        this.everyMs = parts.settings().alerts().ledgerCheckMs();
    }

    void read(Readings into, long nowMs) {
        if (everyMs == 0) {
            return;
        }
        into.cover(Condition.LEDGER_RESIDUE);
        residues.forEach(
                (subject, residue) ->
                        into.add(
                                Condition.LEDGER_RESIDUE,
                                subject,
                                Math.abs((double) residue),
                                Words.of(
                                        () ->
                                                residue
                                                        + " records are accepted and not accounted"
                                                        + " for; see penstock ledger")));
        if (waiting.isEmpty() && (nowMs >= nextMs || nextMs > nowMs + everyMs)) {
            nextMs = nowMs + everyMs;
            waiting.addAll(parts.local().stages().stages());
        }
        if (checking.compareAndSet(false, true)) {
            checkNext();
        }
    }

    private void checkNext() {
        Stage next = waiting.poll();
        boolean isRead =
                next != null
                        && next.state() == StageState.ACTIVE
                        && next.stagedBytes() <= MAX_STAGED_BYTES;
        if (next == null || !isRead) {
            checking.set(false);
            return;
        }
        Future<Boolean> done = parts.vertx().executeBlocking(() -> check(next), false);
        done.onSuccess(
                        isDoubtful -> {
                            if (isDoubtful) {
                                waiting.addFirst(next);
                            }
                        })
                .onFailure(
                        failed -> LOG.warn("alerts: no ledger of {}: {}", next.repo(), "" + failed))
                .onComplete(over -> checking.set(false));
    }

    /** Whether something has to be read again. */
    private boolean check(Stage stage) throws IOException {
        List<LedgerRow> rows = parts.local().ledger().of(stage, parts.local().fanOut());
        List<Subject> again = new ArrayList<>();
        for (LedgerRow row : rows) {
            Subject subject = new Subject(row.repo().value(), row.export());
            Long before = doubted.remove(subject);
            if (row.residue() == 0) {
                residues.remove(subject);
            } else if (before != null && before == row.residue()) {
                keep(subject, row.residue());
            } else if (doubted.size() < MAX_ROWS) {
                doubted.put(subject, row.residue());
                again.add(subject);
            }
        }
        return !again.isEmpty();
    }

    private void keep(Subject subject, long residue) {
        if (residues.size() < MAX_ROWS || residues.containsKey(subject)) {
            residues.put(subject, residue);
        }
    }
}
