package io.penstock.exporter.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.record.HeardRows;
import io.penstock.exporter.record.RandomRows;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.schema.FieldUnion;
import io.penstock.exporter.schema.UnionVisitor;
import io.penstock.exporter.storage.DiskStorage;
import io.penstock.exporter.storage.StorageFile;
import io.penstock.exporter.text.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowFileTest {

    private static final List<String> POOL = List.of("a", "b", "c", "d", "e", "f", "g", "h", "ü");
    private static final int HOURS = 5;

    @TempDir Path directory;

    private static long hour(RandomRows.Said row) {
        return Math.floorDiv(row.timeUnixNano(), HourSplitter.HOUR_NANOS);
    }

    private Path write(List<WriteBuffer> frames) throws IOException {
        Path path = directory.resolve("rows");
        Files.deleteIfExists(path);
        for (WriteBuffer frame : frames) {
            Files.write(
                    path,
                    frame.toByteArray(),
                    java.nio.file.StandardOpenOption.CREATE,
                    java.nio.file.StandardOpenOption.APPEND);
        }
        return path;
    }

    private static List<RandomRows.Said> read(Path path) throws IOException {
        try (StorageFile file = new DiskStorage().open(path, DiskStorage.Access.READ)) {
            RowFileReader reader = new RowFileReader(file, file.size());
            return HeardRows.of(
                    visitor -> {
                        try {
                            reader.read(visitor, () -> {});
                        } catch (IOException failed) {
                            throw new UncheckedIOException(failed);
                        }
                    });
        }
    }

    private static WriteBuffer copy(WriteBuffer frame) {
        WriteBuffer copy = new WriteBuffer(frame.length());
        copy.put(frame.array(), 0, frame.length());
        return copy;
    }

    @Test
    void eachHourHasItsOwnRecordsInOrder() throws Exception {
        SplittableRandom random = Seed.random("RowFileTest");
        HourSplitter splitter = new HourSplitter(HOURS + 1);
        for (int round = 0; round < 30; round++) {
            RandomRows rows = new RandomRows(random, POOL, 6);
            rows.between(-HourSplitter.HOUR_NANOS, HOURS * HourSplitter.HOUR_NANOS);
            splitter.clear();
            for (int i = random.nextInt(8); i >= 0; i--) {
                rows.batch(random.nextInt(60));
            }
            rows.say(splitter);
            assertThat(splitter.overflown()).isFalse();
            TreeSet<Long> hours = new TreeSet<>();
            rows.rows().forEach(row -> hours.add(hour(row)));
            assertThat(splitter.hours()).containsExactlyInAnyOrderElementsOf(hours);
            for (long hour : hours) {
                Path path = write(List.of(splitter.frame(hour)));
                assertThat(read(path))
                        .isEqualTo(rows.rows().stream().filter(row -> hour(row) == hour).toList());
            }
        }
    }

    @Test
    void theUnionOfSeveralFramesIsThatOfTheirRecords() throws Exception {
        SplittableRandom random = Seed.random("RowFileTest");
        HourSplitter splitter = new HourSplitter(1);
        List<WriteBuffer> frames = new ArrayList<>();
        FieldUnion expected = new FieldUnion();
        int rows = 0;
        for (int i = 0; i < 10; i++) {
            RandomRows some = new RandomRows(random, POOL, 2).between(0, 1000).batch(20);
            splitter.clear();
            some.say(splitter);
            some.say(new UnionVisitor(expected));
            rows += some.rows().size();
            frames.add(copy(splitter.frame(0)));
        }
        Path path = write(frames);
        FieldUnion union = new FieldUnion();
        try (StorageFile file = new DiskStorage().open(path, DiskStorage.Access.READ)) {
            new RowFileReader(file, file.size()).union(union);
        }
        for (int field = 0; field < union.size(); field++) {
            byte[] name = union.name(field);
            int other = expected.find(name, 0, name.length);
            assertThat(union.kinds(field))
                    .as(new String(name, StandardCharsets.UTF_8))
                    .isEqualTo(expected.kinds(other));
        }
        assertThat(read(path)).hasSize(rows);
    }

    @Test
    void saysSoWhenThereAreTooManyHours() {
        HourSplitter splitter = new HourSplitter(2);
        for (int hours = 1; hours <= 3; hours++) {
            splitter.clear();
            splitter.resetFields();
            for (int i = 0; i < hours; i++) {
                splitter.startRecord(i * HourSplitter.HOUR_NANOS);
                splitter.endRecord();
            }
            assertThat(splitter.overflown()).isEqualTo(hours > 2);
        }
    }

    @Test
    void seesEveryFlippedByte() throws Exception {
        HourSplitter splitter = new HourSplitter(1);
        RandomRows rows = new RandomRows(new SplittableRandom(1), POOL, 6).between(0, 9).batch(3);
        splitter.clear();
        rows.say(splitter);
        byte[] good = splitter.frame(0).toByteArray();
        Path path = directory.resolve("rows");
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 0x10;
            Files.write(path, bad);
            assertThatThrownBy(() -> read(path)).hasRootCauseInstanceOf(DamagedRowsException.class);
        }
    }
}
