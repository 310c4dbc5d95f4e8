package io.penstock.exporter.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RingTest {
    @TempDir Path directory;

    @Test
    void takesWhatWasAppended() throws IOException {
        Ring ring = new RingKit(directory).open();
        RingCursor cursor = ring.openCursor("a");
        assertThat(cursor.take(10, 1000)).isNull();

        long first = RingKit.append(ring, Batch.numbered(1, 100), Batch.numbered(2, 0));
        Take take = RingKit.take(cursor, 100, 100_000);

        assertThat(take.first()).isEqualTo(first).isEqualTo(4096);
        assertThat(take.end()).isEqualTo(ring.tail());
        assertThat(take.bodyBytes()).isEqualTo(100);
        assertThat(take.records()).isEqualTo(2 + 3);
        assertThat(take.attempt()).isZero();
        assertThat(RingKit.sequences(take)).containsExactly(1L, 2L);
        cursor.commit(take, 3, 1, 1);
        assertThat(ring.head()).isEqualTo(ring.tail());
        assertThat(ring.ledger("a")).isEqualTo(new RingLedger("a", 5, 0, 3, 1, 1, 0, 0));
        ring.close();
    }

    @Test
    void keepsEverythingAcrossAClose() throws IOException {
        RingKit kit = new RingKit(directory);
        Ring ring = kit.open();
        ring.openCursor("a").close();
        for (long i = 0; i < 100; i++) {
            assertThat(RingKit.append(ring, Batch.of(5, i, 3000))).isPositive();
        }
        long tail = ring.tail();
        long accepted = ring.acceptedRecords();
        long epoch = ring.epoch();
        ring.close();

        Ring again = kit.open();
        assertThat(again.tail()).isEqualTo(tail);
        assertThat(again.epoch()).isEqualTo(epoch);
        assertThat(again.acceptedRecords()).isEqualTo(accepted);
        assertThat(again.producers().admit(5, 99)).isPositive();
        assertThat(again.producers().admit(5, 100)).isEqualTo(ProducerWindows.NEW);
        assertThat(RingKit.drain(again.openCursor("a")))
                .isEqualTo(LongStream.range(0, 100).boxed().toList());
        assertThat(again.ledger("a").residue()).isZero();
        again.close();
    }

    @Test
    void keepsEverythingAcrossAKill() throws IOException {
        RingKit kit = new RingKit(directory);
        Ring ring = kit.open();
        RingCursor cursor = ring.openCursor("a");
        for (long i = 0; i < 100; i++) {
            assertThat(RingKit.append(ring, Batch.of(5, i, 3000))).isPositive();
        }
        Take open = RingKit.take(cursor, 20, 100_000);
        Take settled = RingKit.take(cursor, 20, 100_000);
        int inSettled = RingKit.sequences(settled).size();
        cursor.commit(settled, settled.records(), 0, 0);

        Ring again = kit.open();
        assertThat(again.tail()).isEqualTo(ring.tail());
        assertThat(again.acceptedRecords()).isEqualTo(ring.acceptedRecords());
        assertThat(again.producers().admit(5, 99)).isPositive();
        assertThat(again.ledger("a").residue()).isZero();
        assertThat(again.ledger("a").delivered()).isEqualTo(settled.records());
        RingCursor back = again.openCursor("a");
        Take offered = RingKit.take(back, 1, 1);
        assertThat(offered.first()).isEqualTo(open.first());
        assertThat(offered.end()).isEqualTo(open.end());
        assertThat(offered.attempt()).isEqualTo(1);
        List<Long> seen = new ArrayList<>(RingKit.sequences(offered));
        back.commit(offered, offered.records(), 0, 0);
        assertThat(back.position()).isEqualTo(settled.end());
        seen.addAll(RingKit.drain(back));
        assertThat(seen).hasSize(100 - inSettled).doesNotHaveDuplicates();
        assertThat(again.ledger("a").residue()).isZero();
        again.close();
    }

    @Test
    void turnsRoundAFewFilesWhenTheCursorKeepsUp() throws IOException {
        Ring ring = new RingKit(directory).open();
        RingCursor cursor = ring.openCursor("a");
        for (long i = 0; i < 1000; i++) {
            assertThat(RingKit.append(ring, Batch.numbered(i, 3000))).isPositive();
            assertThat(RingKit.drain(cursor)).containsExactly(i);
        }
        // one is written, one stands ready, the others wait for the snapshot that frees them
        assertThat(ring.stats().diskBytes())
                .isLessThanOrEqualTo((2L + RingMaintenance.SNAPSHOT_EVERY) * RingKit.SEGMENT);
        assertThat(ring.ledger("a").residue()).isZero();
        ring.close();
        try (var files = Files.list(directory)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("ring.snap", "a.cursor");
        }
    }

    @Test
    void refusesWhenFullAndSignalsRoom() throws IOException {
        Ring ring = new RingKit(directory).open();
        List<String> signals = new ArrayList<>();
        ring.listener(
                new Ring.Listener() {
                    @Override
                    public void onHeadAdvanced(long head) {}

                    @Override
                    public void onRoom() {
                        signals.add("room");
                    }

                    @Override
                    public void onOverBudget(String cursor, long releaseTo) {
                        signals.add(cursor + " " + releaseTo);
                    }
                });
        RingCursor cursor = ring.openCursor("a");
        long position = 0;
        long count = -1;
        while (position >= 0) {
            count++;
            position = RingKit.append(ring, Batch.numbered(count, 3000));
        }
        assertThat(position).isEqualTo(RingWriter.FULL);
        assertThat(ring.stats().segments()).isEqualTo(8);
        assertThat(ring.stats().cursors().get(0).parkedBytes()).isGreaterThan(5L * RingKit.SEGMENT);
        assertThat(signals).containsExactly("a " + RingKit.SEGMENT);

        Take take = RingKit.take(cursor, Integer.MAX_VALUE, RingKit.SEGMENT);
        cursor.commit(take, take.records(), 0, 0);
        assertThat(signals).containsExactly("a " + RingKit.SEGMENT, "room");
        assertThat(RingKit.append(ring, Batch.numbered(count, 3000))).isPositive();
        assertThat(ring.ledger("a").residue()).isZero();
        ring.close();
    }
}
