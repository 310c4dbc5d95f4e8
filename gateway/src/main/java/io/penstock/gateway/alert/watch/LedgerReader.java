package io.penstock.gateway.alert.watch;

import io.penstock.exporter.fanout.LedgerRow;
import io.penstock.exporter.stage.Stage;
import io.penstock.exporter.stage.StageState;
import io.penstock.gateway.alert.Condition;
import io.penstock.gateway.alert.Readings;
import io.penstock.gateway.alert.Readings.Words;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.Deque;
import java.util.List;
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

    /** Reads of a ledger in a row; one that differs each time is left until its next turn. */
    private static final int MAX_READS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(LedgerReader.class);

    private final WatchParts parts;
    private final long everyMs;
    private final Deque<Stage> waiting = new ConcurrentLinkedDeque<>();
    private final Residues residues = new Residues();
    private final AtomicBoolean checking = new AtomicBoolean();
    private volatile int reads;
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
        residues.all()
                .forEach(
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
        Future<Boolean> done =
                parts.vertx().executeBlocking(() -> residues.take(ledger(next)), false);
        done.onSuccess(isDoubtful -> settle(next, isDoubtful))
                .onFailure(failed -> unread(next, failed))
                .onComplete(over -> checking.set(false));
    }

    /** Sequential: the next check begins when this one is over. */
    private void settle(Stage stage, boolean isDoubtful) {
        int now = isDoubtful ? reads + 1 : 0;
        reads = now < MAX_READS ? now : 0;
        if (reads > 0) {
            waiting.addFirst(stage);
        }
    }

    private List<LedgerRow> ledger(Stage stage) throws IOException {
        return parts.local().ledger().of(stage, parts.local().fanOut());
    }

    private static void unread(Stage stage, Throwable failed) {
        if (stage.state() == StageState.ACTIVE) {
            LOG.warn("alerts: no ledger of {}: {}", stage.repo(), failed.toString());
        } else {
            LOG.debug("alerts: {} was closed meanwhile", stage.repo());
        }
    }
}
