package io.penstock.exporter.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.storage.DiskBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every bound of a ring, and what happens on it. */
class RingLimitsTest {
    @TempDir Path directory;

    @Test
    void takesTheLongestRunAndRefusesOneByteMore() throws IOException {
        Ring ring = new RingKit(directory).open();
        RingCursor cursor = ring.openCursor("a");
        long overhead = EntryLayout.entryBytes(8) - 8;
        int longest = (int) (RingKit.CONFIG.maxRunBytes() - overhead);
        assertThat(RingKit.append(ring, Batch.numbered(1, longest + 8)))
                .isEqualTo(RingWriter.TOO_LARGE);
        assertThat(RingKit.append(ring, Batch.numbered(2, longest))).isPositive();
        assertThat(RingKit.drain(cursor)).containsExactly(2L);
        ring.close();
    }

    @Test
    void holdsMaxCursorsAndRefusesOneMore() throws IOException {
        Ring ring = new RingKit(directory).open();
        for (int i = 0; i < Ring.MAX_CURSORS; i++) {
            ring.openCursor("export-" + i).close();
        }
        assertThatThrownBy(() -> ring.openCursor("one-more"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(String.valueOf(Ring.MAX_CURSORS));
        ring.deleteCursor("export-0");
        ring.openCursor("one-more").close();
        ring.close();
    }

    @Test
    void cursorHoldsABoundedNumberOfTakes() throws IOException {
        Ring ring = new RingKit(directory).open();
        RingCursor cursor = ring.openCursor("a");
        for (long i = 0; i < 100; i++) {
            assertThat(RingKit.append(ring, Batch.numbered(i, 8))).isPositive();
        }
        List<Take> open = new ArrayList<>();
        Take take = cursor.take(1, 1);
        while (take != null) {
            open.add(take);
            take = cursor.take(1, 1);
        }
        assertThat(open).hasSizeBetween(2, 99);
        Take last = open.get(open.size() - 1);
        cursor.commit(last, last.records(), 0, 0);
        Take first = open.get(0);
        cursor.commit(first, first.records(), 0, 0);
        assertThat(RingKit.take(cursor, 1, 1).first()).isGreaterThan(last.first());
    }

    @Test
    void nodesBudgetKeepsTwoRingsGoingButNotGrowing() throws IOException {
        DiskBudget disk = new DiskBudget(16L * RingKit.SEGMENT);
        RingKit greedyKit =
                new RingKit(directory.resolve("greedy"))
                        .with(
                                new RingConfig(
                                        RingKit.SEGMENT,
                                        RingKit.SEGMENT,
                                        32L * RingKit.SEGMENT,
                                        16));
        greedyKit.disk = disk;
        Ring greedy = greedyKit.open();
        greedy.openCursor("a").close();
        long sequence = 0;
        while (RingKit.append(greedy, Batch.numbered(sequence, 4000)) >= 0) {
            sequence++;
        }
        assertThat(greedy.stats().diskBytes()).isEqualTo(14L * RingKit.SEGMENT);

        RingKit lateKit = new RingKit(directory.resolve("late"));
        lateKit.disk = disk;
        Ring late = lateKit.open();
        RingCursor cursor = late.openCursor("a");
        for (long i = 0; i < 200; i++) {
            assertThat(RingKit.append(late, Batch.numbered(i, 4000))).isNotNegative();
            assertThat(RingKit.drain(cursor)).containsExactly(i);
        }
        late.close();
        greedy.close();
    }

    @Test
    void deletedCursorLetsItsBacklogGo() throws IOException {
        RingKit kit = new RingKit(directory);
        Ring ring = kit.open();
        RingCursor fast = ring.openCursor("fast");
        RingCursor slow = ring.openCursor("slow");
        long sequence = 0;
        while (RingKit.append(ring, Batch.numbered(sequence, 4000)) >= 0) {
            sequence++;
            RingKit.drain(fast);
        }
        assertThatThrownBy(() -> ring.deleteCursor("slow"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("open");
        slow.close();
        ring.deleteCursor("slow");
        ring.deleteCursor("never-was");
        assertThat(ring.cursors()).containsExactly("fast");
        assertThat(ring.head()).isEqualTo(ring.tail());
        assertThat(RingKit.append(ring, Batch.numbered(sequence, 4000))).isPositive();
        ring.close();
        assertThat(kit.open().cursors()).containsExactly("fast");
    }

    @Test
    void deletedRingLeavesNothing() throws IOException {
        Path ringDirectory = directory.resolve("gone");
        Ring ring = new RingKit(ringDirectory).open();
        ring.openCursor("a").close();
        assertThat(RingKit.append(ring, Batch.numbered(1, 4000))).isPositive();
        ring.delete();
        assertThat(Files.exists(ringDirectory)).isFalse();
        assertThat(RingKit.append(ring, Batch.numbered(1, 10))).isEqualTo(RingWriter.CLOSED);
        assertThatThrownBy(() -> ring.openCursor("a")).isInstanceOf(IllegalStateException.class);
    }
}
