package io.penstock.exporter.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.record.RandomRows;
import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.schema.FieldUnion;
import io.penstock.exporter.schema.UnionVisitor;
import io.penstock.exporter.schema.ValueKind;
import io.penstock.exporter.storage.DiskStorage;
import io.penstock.exporter.storage.StorageFile;
import io.penstock.exporter.text.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParquetRowWriterTest {

    private static final List<String> POOL =
            List.of(
                    "status",
                    "client",
                    "pfad/ü",
                    "a b",
                    "time",
                    "x",
                    "x__string",
                    "bytes",
                    "日本",
                    "k1",
                    "k2",
                    "k3",
                    "k4",
                    "k5",
                    "k6");

    @TempDir Path directory;
    private DuckReader duck;

    @BeforeEach
    void openDuck() throws SQLException {
        duck = new DuckReader();
    }

    @AfterEach
    void closeDuck() throws SQLException {
        duck.close();
    }

    private static StorageFile create(Path file) throws IOException {
        DiskStorage storage = new DiskStorage();
        storage.delete(file);
        return storage.create(file, 0);
    }

    private Path write(Consumer<RecordVisitor> rows, ParquetSettings settings) throws IOException {
        Path file = directory.resolve("file.parquet");
        FieldUnion union = new FieldUnion();
        rows.accept(new UnionVisitor(union));
        try (ParquetRowWriter writer = new ParquetRowWriter(union, create(file), settings)) {
            rows.accept(writer);
            assertThat(writer.finish()).isEqualTo(Files.size(file));
        }
        return file;
    }

    /** The names of columns, by the rule of the package's page, written down a second time. */
    private static Map<String, String> columns(RandomRows all) {
        Map<String, TreeSet<Integer>> kinds = new HashMap<>();
        for (RandomRows.Said row : all.rows()) {
            row.values()
                    .forEach(
                            (name, value) -> {
                                if (value != null) {
                                    kinds.computeIfAbsent(name, none -> new TreeSet<>())
                                            .add(kind(value));
                                }
                            });
        }
        Map<String, String> names = new HashMap<>();
        kinds.forEach(
                (name, some) -> {
                    for (int kind : some) {
                        boolean first = kind == some.first() && !name.equals("time");
                        String own =
                                name
                                        + "__"
                                        + List.of(
                                                        "int", "double", "bool", "string", "json",
                                                        "bytes")
                                                .get(kind);
                        names.put(
                                name + "/" + kind,
                                first
                                        ? name
                                        : own.equals("x__string") && all.announces(own)
                                                ? own + "_"
                                                : own);
                    }
                });
        return names;
    }

    private static int kind(Object value) {
        if (value instanceof Long) {
            return 0;
        } else if (value instanceof Double) {
            return 1;
        } else if (value instanceof Boolean) {
            return 2;
        } else if (value instanceof String) {
            return 3;
        }
        return value instanceof RandomRows.Json ? 4 : 5;
    }

    private static List<Map<String, @Nullable Object>> expected(RandomRows all) {
        Map<String, String> columns = columns(all);
        List<Map<String, @Nullable Object>> expected = new ArrayList<>();
        for (RandomRows.Said row : all.rows()) {
            Map<String, @Nullable Object> line = new HashMap<>();
            columns.values().forEach(column -> line.put(column, null));
            line.put("time", row.timeUnixNano());
            row.values()
                    .forEach(
                            (name, value) -> {
                                if (value != null) {
                                    line.put(columns.get(name + "/" + kind(value)), plain(value));
                                }
                            });
            expected.add(line);
        }
        return expected;
    }

    private static Object plain(Object value) {
        return value instanceof RandomRows.Json json ? json.text() : value;
    }

    @ParameterizedTest
    @EnumSource(ParquetCodec.class)
    void duckDbReadsEveryValueOfRandomRecords(ParquetCodec codec) throws Exception {
        SplittableRandom random = Seed.random("ParquetRowWriterTest");
        for (int round = 0; round < 6; round++) {
            RandomRows rows = new RandomRows(random, POOL, 1 + random.nextInt(6));
            int batches = 1 + random.nextInt(30);
            for (int i = 0; i < batches; i++) {
                rows.batch(random.nextInt(200));
            }
            ParquetSettings settings =
                    new ParquetSettings(codec, ParquetSettings.MIN_ROW_GROUP_BYTES, () -> {});
            Path file = write(rows::say, settings);
            List<Map<String, @Nullable Object>> read = duck.rows(file);
            assertThat(read).hasSameSizeAs(rows.rows());
            List<Map<String, @Nullable Object>> expected = expected(rows);
            for (int row = 0; row < expected.size(); row++) {
                assertThat(read.get(row)).as("row " + row).isEqualTo(expected.get(row));
            }
        }
    }

    @Test
    void statesTheTypes() throws Exception {
        FieldUnion union = new FieldUnion();
        for (ValueKind kind : ValueKind.values()) {
            byte[] name = kind.name().getBytes(StandardCharsets.UTF_8);
            union.mark(union.add(name, 0, name.length), kind.bit());
        }
        Path file = directory.resolve("empty.parquet");
        try (ParquetRowWriter writer =
                new ParquetRowWriter(union, create(file), ParquetSettings.of(ParquetCodec.ZSTD))) {
            writer.finish();
        }
        Map<String, String> types = duck.types(file);
        assertThat(types)
                .containsEntry("INT", "BIGINT")
                .containsEntry("DOUBLE", "DOUBLE")
                .containsEntry("BOOL", "BOOLEAN")
                .containsEntry("STRING", "VARCHAR")
                .containsEntry("JSON", "JSON")
                .containsEntry("BYTES", "BLOB");
        assertThat(types.get("time")).startsWith("TIMESTAMP");
        assertThat(
                        duck.query(
                                        "SELECT logical_type FROM parquet_schema('"
                                                + file
                                                + "') WHERE name = 'time'")
                                .toString())
                .contains("isAdjustedToUTC=1", "NANOS");
    }

    /** Fields by column number; each row has a value in one of three shapes. */
    private static void longColumns(RecordVisitor visitor, int rows) {
        visitor.resetFields();
        String[] names = {"distinct", "few", "sorted", "late", "flag", "rare"};
        for (int i = 0; i < names.length; i++) {
            byte[] name = names[i].getBytes(StandardCharsets.UTF_8);
            visitor.field(i, name, 0, name.length);
        }
        SplittableRandom random = new SplittableRandom(7);
        for (int row = 0; row < rows; row++) {
            visitor.startRecord(row);
            byte[] text = Long.toHexString(random.nextLong()).getBytes(StandardCharsets.UTF_8);
            visitor.stringValue(0, text, 0, text.length);
            visitor.intValue(1, row / 100 % 7);
            visitor.intValue(2, 1_000_000_007L * row);
            if (row >= rows / 2) {
                visitor.doubleValue(3, row % 1000 == 0 ? row : random.nextDouble());
            }
            visitor.boolValue(4, row % 3 == 0);
            if (row % 50_000 == 49_999) {
                visitor.intValue(5, row);
            }
            visitor.endRecord();
        }
    }

    @Test
    void crossesPagesRowGroupsAndTheEndOfDictionaries() throws Exception {
        int rows = 200_000;
        int[] groups = new int[1];
        ParquetSettings settings =
                new ParquetSettings(ParquetCodec.SNAPPY, 4 << 20, () -> groups[0]++);
        Path file = write(visitor -> longColumns(visitor, rows), settings);
        assertThat(groups[0]).isGreaterThan(1);
        Map<String, @Nullable Object> sums =
                duck.query(
                                "SELECT count(*) AS n, count(DISTINCT distinct_) AS d, sum(few) AS few,"
                                        + " bool_and(sorted = 1000000007 * epoch_ns(time)) AS sorted,"
                                        + " count(late) AS late, count(rare) AS rare, sum(rare) AS rares,"
                                        + " count(*) FILTER (flag) AS flags FROM (SELECT \"distinct\" AS"
                                        + " distinct_, * FROM read_parquet('"
                                        + file
                                        + "'))")
                        .get(0);
        long few = 0;
        for (int row = 0; row < rows; row++) {
            few += row / 100 % 7;
        }
        assertThat(sums.toString())
                .isEqualTo(
                        "{n=200000, d=200000, few="
                                + few
                                + ", sorted=true, late=100000, rare=4, rares=499996, flags=66667}");
        assertThat(
                        duck.query(
                                        "SELECT DISTINCT encodings FROM parquet_metadata('"
                                                + file
                                                + "') WHERE path_in_schema = 'distinct'")
                                .toString())
                .contains("RLE_DICTIONARY", "PLAIN");
    }

    @Test
    void statisticsLetReadersPassRowGroupsOver() throws Exception {
        Path file =
                write(
                        visitor -> longColumns(visitor, 50_000),
                        new ParquetSettings(ParquetCodec.NONE, 1 << 20, () -> {}));
        List<Map<String, @Nullable Object>> bounds =
                duck.query(
                        "SELECT min(stats_min_value::BIGINT) AS least, max(stats_max_value::BIGINT)"
                                + " AS greatest, sum(stats_null_count) AS nulls FROM parquet_metadata('"
                                + file
                                + "') WHERE path_in_schema = 'sorted'");
        assertThat(bounds.toString())
                .isEqualTo("[{least=0, greatest=" + 1_000_000_007L * 49_999 + ", nulls=0}]");
    }

    @Test
    void takesTwentyThousandFields() throws Exception {
        Path file =
                write(
                        visitor -> {
                            for (int batch = 0; batch < 10; batch++) {
                                visitor.resetFields();
                                for (int i = 0; i < 2000; i++) {
                                    byte[] name =
                                            ("f" + (batch * 2000 + i))
                                                    .getBytes(StandardCharsets.UTF_8);
                                    visitor.field(i, name, 0, name.length);
                                }
                                visitor.startRecord(batch);
                                for (int i = 0; i < 2000; i++) {
                                    visitor.intValue(i, i);
                                }
                                visitor.endRecord();
                            }
                        },
                        ParquetSettings.of(ParquetCodec.ZSTD));
        assertThat(
                        duck.query(
                                        "SELECT count(*) AS n, sum(f19999) AS s, count(f0) AS c FROM"
                                                + " read_parquet('"
                                                + file
                                                + "')")
                                .toString())
                .isEqualTo("[{n=10, s=1999, c=1}]");
    }

    @Test
    void refusesAFieldThatWasNotTold() throws Exception {
        byte[] name = {'a'};
        try (ParquetRowWriter writer =
                new ParquetRowWriter(
                        new FieldUnion(),
                        create(directory.resolve("none.parquet")),
                        ParquetSettings.of(ParquetCodec.NONE))) {
            assertThatThrownBy(() -> writer.field(0, name, 0, 1))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void loadsNothingOfHadoop() {
        assertThatThrownBy(() -> Class.forName("org.apache.hadoop.conf.Configuration"))
                .isInstanceOf(ClassNotFoundException.class);
    }
}
