package io.penstock.exporter.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.parquet.ParquetCodec;
import io.penstock.exporter.parquet.ParquetRowWriter;
import io.penstock.exporter.parquet.ParquetSettings;
import io.penstock.exporter.record.ForwardingVisitor;
import io.penstock.exporter.record.HeardRows;
import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.schema.FieldUnion;
import io.penstock.exporter.storage.DiskStorage;
import io.penstock.exporter.storage.Storage;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepeatedTextTest {

    private static final String[] FIELDS = {"agent", "path", "referer"};
    private static final int ROWS = 2500;

    @TempDir Path directory;

    /** A batch of rows whose texts come from a pool, the same one for each field. */
    private static final class Rows {
        private final List<byte[]> pool;
        private final int[] drawn;

        Rows(List<byte[]> pool, int[] drawn) {
            this.pool = pool;
            this.drawn = drawn;
        }

        static Rows random(SplittableRandom random, int texts) {
            List<byte[]> pool = new ArrayList<>();
            for (int i = 0; i < texts; i++) {
                String text = i + "x".repeat(random.nextInt(i % 9 == 0 ? 300 : 20)) + i % 3;
                pool.add(text.getBytes(StandardCharsets.UTF_8));
            }
            return new Rows(pool, random.ints((long) ROWS * FIELDS.length, 0, texts).toArray());
        }

        void say(RecordVisitor visitor) {
            visitor.resetFields();
            for (int field = 0; field < FIELDS.length; field++) {
                byte[] name = FIELDS[field].getBytes(StandardCharsets.UTF_8);
                visitor.field(field, name, 0, name.length);
            }
            for (int row = 0; row < ROWS; row++) {
                visitor.startRecord(row);
                for (int field = 0; field < FIELDS.length; field++) {
                    byte[] text = pool.get(drawn[row * FIELDS.length + field]);
                    visitor.stringValue(field, text, 0, text.length);
                }
                visitor.endRecord();
            }
        }
    }

    private static WriteBuffer frame(Rows rows) {
        HourSplitter splitter = new HourSplitter(1);
        splitter.clear();
        rows.say(splitter);
        return splitter.frame(0);
    }

    /** Says what a file of several frames has to a visitor. */
    private static void read(Path path, RecordVisitor visitor) {
        try (StorageFile file = new DiskStorage().open(path, Storage.Access.READ)) {
            new RowFileReader(file, file.size()).read(visitor, () -> {});
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path write(Path path, List<Rows> all) throws IOException {
        WriteBuffer out = new WriteBuffer(1024);
        for (Rows each : all) {
            WriteBuffer frame = frame(each);
            out.put(frame.array(), 0, frame.length());
        }
        return Files.write(path, out.toByteArray());
    }

    @Test
    void everyTextComesBackHoweverManyThereAre() throws Exception {
        SplittableRandom random = Seed.random("RepeatedTextTest");
        for (int texts : new int[] {1, 2, 63, 64, 65, 700, 20_000}) {
            Rows rows = Rows.random(random, texts);
            Path path = write(directory.resolve("rows"), List.of(rows));
            assertThat(HeardRows.of(visitor -> read(path, visitor)))
                    .as("%d texts", texts)
                    .isEqualTo(HeardRows.of(rows::say));
        }
    }

    @Test
    void oneThatComesAgainCostsItsNumberOnly() {
        byte[] agent = "Mozilla/5.0 ".repeat(10).getBytes(StandardCharsets.UTF_8);
        Rows rows = new Rows(List.of(agent), new int[ROWS * FIELDS.length]);
        // a time, three fields with their numbers, an end
        int perRow = Long.BYTES + FIELDS.length * 2 + 1;
        assertThat(frame(rows).length())
                .isLessThan(ROWS * perRow + FIELDS.length * agent.length + 200);
    }

    @Test
    void numbersOfTextsMakeTheSameParquetFile() throws Exception {
        SplittableRandom random = Seed.random("RepeatedTextTest");
        List<Rows> frames = new ArrayList<>();
        for (int texts : new int[] {5, 3000, 20_000, 40, 20_000}) {
            frames.add(Rows.random(random, texts));
        }
        Path staged = write(directory.resolve("rows"), frames);
        Path with = directory.resolve("with.parquet");
        Path without = directory.resolve("without.parquet");
        parquet(staged, with, true);
        parquet(staged, without, false);
        assertThat(with).hasSameBinaryContentAs(without);
    }

    private static void parquet(Path staged, Path to, boolean numbers) throws IOException {
        Storage storage = new DiskStorage();
        FieldUnion union = new FieldUnion();
        try (StorageFile file = storage.open(staged, Storage.Access.READ)) {
            new RowFileReader(file, file.size()).union(union);
        }
        int[] groups = new int[1];
        // groups turn in the middle of frames, and dictionaries end in the middle of groups
        ParquetSettings settings =
                new ParquetSettings(ParquetCodec.NONE, 200_000, () -> groups[0]++);
        try (ParquetRowWriter writer =
                new ParquetRowWriter(union, storage.create(to, 0), settings)) {
            read(staged, numbers ? writer : new ForwardingVisitor(writer) {});
            writer.finish();
        }
        assertThat(groups[0]).isGreaterThan(3);
    }
}
