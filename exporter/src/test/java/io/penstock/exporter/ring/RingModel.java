package io.penstock.exporter.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.storage.FaultStorage;
import io.penstock.exporter.storage.WriteWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A ring beside what it should be: a list of entries and, per export, which of them are settled.
 * One thread, maintenance included, so that every answer is determined.
 */
final class RingModel {
    private static final long SEGMENT = RingKit.SEGMENT;

    private final SplittableRandom random;
    private final RingKit kit;
    private Ring ring;

    /** Sequence of every entry that was appended, by position. */
    private final TreeMap<Long, Batch> entries = new TreeMap<>();

    private final Map<String, Side> sides = new LinkedHashMap<>();
    private long nextSequence = 1;
    private long accepted;

    /** One export as it should be. */
    private static final class Side {
        RingCursor cursor;
        long start;
        long base;
        long delivered;
        long deadLettered;
        long dropped;

        /** Entries not yet taken or given back lie behind this, by position. */
        long takenTo;

        /** Runs lent out. */
        final List<Take> open = new ArrayList<>();

        /** First to end of runs that must come back first, as they were. */
        final TreeMap<Long, Long> again = new TreeMap<>();

        /** Runs of any state above the position, first to end. */
        final TreeMap<Long, Long> unsettled = new TreeMap<>();

        Side(RingCursor cursor) {
            this.cursor = cursor;
        }
    }

    RingModel(Path directory, SplittableRandom random) throws IOException {
        this.random = random;
        this.kit =
                new RingKit(directory)
                        .with(
                                new RingConfig(
                                        SEGMENT,
                                        random.nextInt(4) * SEGMENT,
                                        (2 + random.nextInt(6)) * SEGMENT,
                                        16));
        kit.storage = new FaultStorage().withoutForces();
        this.ring = kit.open();
    }

    void run(int actions) throws IOException {
        for (int i = 0; i < actions; i++) {
            act(random.nextInt(100));
            check();
        }
        for (Side side : sides.values()) {
            settleAll(side);
            drain(side);
        }
        check();
        ring.close();
    }

    private void act(int dice) throws IOException {
        if (dice < 35) {
            append();
        } else if (dice < 60) {
            withSide(this::take);
        } else if (dice < 80) {
            withSide(this::commit);
        } else if (dice < 88) {
            withSide(this::rollback);
        } else if (dice < 90) {
            addCursor();
        } else if (dice < 91) {
            deleteCursor();
        } else if (dice < 93) {
            closeCursor();
        } else if (dice < 95) {
            ring.force();
            assertThat(ring.forcedPosition()).isGreaterThanOrEqualTo(ring.tail());
        } else if (dice < 98) {
            kill();
        } else {
            closeAndOpen();
        }
    }

    private interface Action {
        void on(Side side) throws IOException;
    }

    private void withSide(Action action) throws IOException {
        if (!sides.isEmpty()) {
            List<Side> all = new ArrayList<>(sides.values());
            action.on(all.get(random.nextInt(all.size())));
        }
    }

    private void append() {
        List<Batch> run = new ArrayList<>();
        int count = random.nextInt(10) == 0 ? 1 + random.nextInt(5) : 1;
        for (int i = 0; i < count; i++) {
            run.add(Batch.of(9, nextSequence + i, size()));
        }
        assertThat(ring.producers().admit(9, nextSequence)).isEqualTo(ProducerWindows.NEW);
        long position = ring.newWriter(new WriteWindow()).append(run);
        if (position < 0) {
            ring.producers().abandoned(9, nextSequence);
            assertThat(position).isIn(RingWriter.FULL, RingWriter.TOO_LARGE);
            return;
        }
        for (Batch batch : run) {
            entries.put(position, batch);
            accepted += batch.records();
            position += EntryLayout.entryBytes(batch.bodyBytes());
            nextSequence++;
        }
    }

    private int size() {
        return switch (random.nextInt(10)) {
            case 0 -> 0;
            case 1 -> RingKit.SEGMENT / 2 + random.nextInt(RingKit.SEGMENT / 2);
            case 2, 3, 4 -> random.nextInt(100);
            default -> random.nextInt(8000);
        };
    }

    private void take(Side side) {
        int maxRecords = 1 + random.nextInt(60);
        int maxBytes = 1 + random.nextInt(30_000);
        Take take = side.cursor.take(maxRecords, maxBytes);
        if (!side.again.isEmpty()) {
            Take same = Objects.requireNonNull(take);
            assertThat(same.first()).isEqualTo(side.again.firstKey());
            assertThat(same.end()).isEqualTo(side.again.remove(same.first()));
            lent(side, same);
            return;
        }
        List<Batch> expected =
                side.unsettled.size() >= RingCursor.MAX_OPEN_TAKES
                        ? List.of()
                        : expectedRun(side, maxRecords, maxBytes);
        assertThat(take == null).isEqualTo(expected.isEmpty());
        if (take == null) {
            return;
        }
        assertThat(sequences(expected)).isEqualTo(RingKit.sequences(take));
        side.takenTo = take.end();
        side.unsettled.put(take.first(), take.end());
        lent(side, take);
        boolean more =
                side.unsettled.size() < RingCursor.MAX_OPEN_TAKES
                        && entries.ceilingKey(side.takenTo) != null;
        assertThat(side.cursor.arm()).isEqualTo(side.again.isEmpty() && !more);
    }

    private void lent(Side side, Take take) {
        assertThat(sequences(entries.subMap(take.first(), take.end()).values()))
                .isEqualTo(RingKit.sequences(take));
        side.open.add(take);
    }

    private List<Batch> expectedRun(Side side, int maxRecords, int maxBytes) {
        List<Batch> run = new ArrayList<>();
        int records = 0;
        int bytes = 0;
        for (Batch batch : entries.tailMap(side.takenTo).values()) {
            records += batch.records();
            bytes += batch.bodyBytes();
            if (!run.isEmpty() && (records > maxRecords || bytes > maxBytes)) {
                break;
            }
            run.add(batch);
        }
        return run;
    }

    private static List<Long> sequences(Iterable<Batch> batches) {
        List<Long> sequences = new ArrayList<>();
        batches.forEach(batch -> sequences.add(batch.sequence()));
        return sequences;
    }

    private void commit(Side side) {
        if (side.open.isEmpty()) {
            return;
        }
        Take take = side.open.remove(random.nextInt(side.open.size()));
        int dead = random.nextInt(take.records() + 1);
        int dropped = random.nextInt(take.records() - dead + 1);
        settle(side, take, take.records() - dead - dropped, dead, dropped);
    }

    private void settle(Side side, Take take, int delivered, int dead, int dropped) {
        side.cursor.commit(take, delivered, dead, dropped);
        side.delivered += delivered;
        side.deadLettered += dead;
        side.dropped += dropped;
        side.unsettled.put(take.first(), -take.end());
        while (!side.unsettled.isEmpty() && side.unsettled.firstEntry().getValue() < 0) {
            side.unsettled.pollFirstEntry();
        }
    }

    private void rollback(Side side) {
        if (!side.open.isEmpty()) {
            Take take = side.open.remove(random.nextInt(side.open.size()));
            side.cursor.rollback(take);
            side.again.put(take.first(), take.end());
        }
    }

    private void addCursor() throws IOException {
        if (sides.size() >= 4) {
            return;
        }
        String name = "export " + random.nextInt(1000) + "/*";
        if (sides.containsKey(name)) {
            return;
        }
        boolean first = sides.isEmpty();
        Side side = new Side(ring.openCursor(name));
        sides.put(name, side);
        side.start = side.cursor.position();
        side.takenTo = side.start;
        if (!first) {
            assertThat(entries.tailMap(side.start)).isEmpty();
        }
        side.base = accepted - recordsBehind(side.start);
    }

    private long recordsBehind(long position) {
        return entries.tailMap(position).values().stream().mapToLong(Batch::records).sum();
    }

    private void deleteCursor() throws IOException {
        if (sides.isEmpty()) {
            return;
        }
        Side side = sides.values().iterator().next();
        sides.remove(side.cursor.name());
        side.cursor.close();
        ring.deleteCursor(side.cursor.name());
    }

    private void closeCursor() throws IOException {
        withSide(
                side -> {
                    side.cursor.close();
                    reopened(side, ring);
                });
    }

    private void reopened(Side side, Ring in) throws IOException {
        side.open.forEach(take -> side.again.put(take.first(), take.end()));
        side.open.clear();
        side.cursor = in.openCursor(side.cursor.name());
    }

    /** The files as they are, without a close: what a kill leaves. */
    private void kill() throws IOException {
        ring = kit.open();
        for (Side side : sides.values()) {
            reopened(side, ring);
        }
    }

    private void closeAndOpen() throws IOException {
        for (Side side : sides.values()) {
            side.cursor.close();
        }
        ring.close();
        assertThat(RingKit.append(ring, Batch.numbered(1, 1))).isEqualTo(RingWriter.CLOSED);
        kill();
    }

    private void settleAll(Side side) {
        while (!side.open.isEmpty()) {
            Take take = side.open.remove(0);
            settle(side, take, take.records(), 0, 0);
        }
    }

    private void drain(Side side) {
        for (int i = 0; i < 100_000; i++) {
            take(side);
            if (side.open.isEmpty()) {
                return;
            }
            settleAll(side);
        }
        throw new AssertionError("never drained");
    }

    private void check() {
        assertThat(ring.acceptedRecords()).isEqualTo(accepted);
        assertThat(ring.producers().highest(9)).isEqualTo(nextSequence - 1);
        for (Side side : sides.values()) {
            RingLedger ledger = ring.ledger(side.cursor.name());
            assertThat(ledger.residue()).isZero();
            assertThat(ledger.base()).isEqualTo(side.base);
            assertThat(ledger.delivered()).isEqualTo(side.delivered);
            assertThat(ledger.deadLettered()).isEqualTo(side.deadLettered);
            assertThat(ledger.dropped()).isEqualTo(side.dropped);
            assertThat(side.cursor.stats().openTakes()).isEqualTo(side.open.size());
        }
        assertThat(ring.stats().diskBytes()).isLessThanOrEqualTo(kit.config.maxBytes());
        assertThat(ring.stats().quarantinedEntries()).isZero();
    }
}
