package io.penstock.exporter.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.storage.WriteWindow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A fixed piece of work on a ring whose files may fail anywhere. What the ring acknowledged is
 * written down; what it refused is left out.
 */
final class FaultyWork {
    private static final List<String> EXPORTS = List.of("a", "b");

    private final RingKit kit;

    /** Sequences whose append was acknowledged. */
    private final Set<Long> acknowledged = new TreeSet<>();

    /** Sequences that a commit settled, per export. */
    private final Map<String, Set<Long>> settled = new HashMap<>();

    /** Exports whose cursor was opened before anything was appended. */
    private final Map<String, RingCursor> cursors = new HashMap<>();

    private boolean reopened;

    FaultyWork(RingKit kit) {
        this.kit = kit;
    }

    void run(boolean kill) {
        work(0, kill);
        reopened = true;
        work(100, kill);
    }

    private void work(long from, boolean kill) {
        Ring ring = open();
        if (ring == null) {
            return;
        }
        cursors.clear();
        for (String export : EXPORTS) {
            openCursor(ring, export);
        }
        for (long sequence = from; sequence < from + 60; sequence++) {
            // every fifth is so large that, after a force, it is written by a call
            int bytes = sequence % 5 == 2 ? 9_000 : 3_500;
            if (RingKit.append(ring, Batch.of(1, sequence, bytes)) >= 0) {
                acknowledged.add(sequence);
            }
            kit.nowMs.addAndGet(200);
            if (sequence % 7 == 0) {
                force(ring);
            }
            takeAndSettle(sequence);
        }
        if (!kill) {
            close(ring);
        }
    }

    private @Nullable Ring open() {
        try {
            return kit.open();
        } catch (IOException e) {
            return null; // refused: nothing is acknowledged
        }
    }

    private void openCursor(Ring ring, String export) {
        try {
            // an export that could not be opened the first time would begin later
            if (!reopened || settled.containsKey(export)) {
                cursors.put(export, ring.openCursor(export));
                settledBy(export);
            }
        } catch (IOException e) {
            cursors.remove(export);
        }
    }

    private void takeAndSettle(long sequence) {
        for (Map.Entry<String, RingCursor> entry : cursors.entrySet()) {
            String export = entry.getKey();
            // b lags
            if (export.equals("b") && sequence % 3 != 0) {
                continue;
            }
            Take take = entry.getValue().take(20, 20_000);
            if (take == null) {
                continue;
            }
            List<Long> sequences = RingKit.sequences(take);
            assertThat(Collections.disjoint(settledBy(export), sequences)).isTrue();
            if (sequence % 5 == 4) {
                entry.getValue().rollback(take);
                continue;
            }
            entry.getValue().commit(take, take.records(), 0, 0);
            settledBy(export).addAll(sequences);
        }
    }

    private Set<Long> settledBy(String export) {
        return settled.computeIfAbsent(export, name -> new TreeSet<>());
    }

    private static void force(Ring ring) {
        try {
            ring.force();
        } catch (IOException e) {
            assertThat(ring.trouble()).isNotNull();
        }
    }

    private void close(Ring ring) {
        cursors.values().forEach(RingCursor::close);
        try {
            ring.close();
        } catch (IOException e) {
            assertThat(ring.newWriter(new WriteWindow()).append(List.of(Batch.numbered(1, 1))))
                    .isEqualTo(RingWriter.CLOSED);
        }
    }

    /** With healthy files. */
    void verify() throws IOException {
        Ring ring = kit.open();
        assertThat(ring.stats().quarantinedEntries()).isZero();
        for (String export : settled.keySet()) {
            assertThat(ring.cursors()).contains(export);
            RingCursor cursor = ring.openCursor(export);
            List<Long> rest = RingKit.drain(cursor);
            assertThat(rest).doesNotHaveDuplicates();
            assertThat(Collections.disjoint(settledBy(export), rest)).isTrue();
            List<Long> all = new ArrayList<>(settledBy(export));
            all.addAll(rest);
            assertThat(all).containsExactlyInAnyOrderElementsOf(acknowledged);
            RingLedger ledger = ring.ledger(export);
            assertThat(ledger.residue()).isZero();
            assertThat(ledger.staged() + ledger.parked()).isZero();
        }
        for (long sequence : acknowledged) {
            assertThat(ring.producers().admit(1, sequence)).isNotEqualTo(ProducerWindows.NEW);
        }
        assertThat(RingKit.append(ring, Batch.numbered(1, 100))).isNotNegative();
        ring.close();
    }
}
