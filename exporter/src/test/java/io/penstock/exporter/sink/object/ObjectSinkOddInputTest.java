package io.penstock.exporter.sink.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.parquet.DuckReader;
import io.penstock.exporter.record.BatchBuilder;
import io.penstock.exporter.record.BatchBuilder.FieldType;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.contract.TestDelivery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records and directories that nobody would wish for, in Parquet. */
class ObjectSinkOddInputTest {

    private static final int MANY_FIELDS = 20_000;
    private static final int FIELDS_OF_BATCH = 4_000;

    @TempDir Path root;
    private DuckReader duck;
    private ObjectRig rig;

    @BeforeEach
    void open() throws Exception {
        duck = new DuckReader();
        rig = new ObjectRig(root);
        rig.config.format(ObjectFormat.PARQUET, ObjectCompression.ZSTD);
    }

    @AfterEach
    void close() throws Exception {
        duck.close();
    }

    private Path object() {
        assertThat(Objects.files(rig.directory)).hasSize(1);
        return Objects.files(rig.directory).get(0);
    }

    private static TestDelivery of(long number, BatchBuilder batch, int records) {
        return TestDelivery.ofBatch(number, Encoding.NATIVE, batch.build(), records);
    }

    @Test
    void aFieldThatIsAnIntegerThenATextHasAColumnForEach() throws Exception {
        BatchBuilder numbers = new BatchBuilder();
        int status = numbers.field("status", FieldType.INT64);
        numbers.startRecord(0);
        numbers.intValue(status, 200);
        numbers.endRecord();
        BatchBuilder texts = new BatchBuilder();
        status = texts.field("status", FieldType.STRING);
        texts.startRecord(0);
        texts.stringValue(status, "two hundred");
        texts.endRecord();
        ObjectSink sink = rig.open();
        assertThat(rig.deliver(sink, of(1, numbers, 1))).isEqualTo(Outcome.DELIVERED);
        assertThat(rig.deliver(sink, of(2, texts, 1))).isEqualTo(Outcome.DELIVERED);
        rig.close(sink);
        List<String> rows = new ArrayList<>();
        duck.rows(object())
                .forEach(row -> rows.add(row.get("status") + "|" + row.get("status__string")));
        assertThat(rows).containsExactly("200|null", "null|two hundred");
    }

    /** One record with fields from a number on, each with its number for a value. */
    private static BatchBuilder wide(int from, int fields) {
        BatchBuilder wide = new BatchBuilder();
        for (int i = 0; i < fields; i++) {
            wide.field("field" + (from + i), FieldType.INT64);
        }
        wide.startRecord(0);
        for (int i = 0; i < fields; i++) {
            wide.intValue(i, from + i);
        }
        wide.endRecord();
        return wide;
    }

    @Test
    void twentyThousandFieldsOfSeveralBatchesAreAsManyColumns() throws Exception {
        ObjectSink sink = rig.open();
        int records = MANY_FIELDS / FIELDS_OF_BATCH;
        for (int i = 0; i < records; i++) {
            TestDelivery delivery = of(i, wide(i * FIELDS_OF_BATCH, FIELDS_OF_BATCH), 1);
            assertThat(rig.deliver(sink, delivery)).isEqualTo(Outcome.DELIVERED);
        }
        rig.close(sink);
        // beside them the time, and what DuckDB makes of dt= and hour= in the path
        assertThat(duck.types(object()))
                .hasSize(MANY_FIELDS + 3)
                .containsKeys("time", "dt", "hour");
        Map<String, Object> sums =
                duck.query(
                                "SELECT count(*) AS n, sum(field0) AS a, sum(field19999) AS b FROM '"
                                        + object()
                                        + "'")
                        .get(0);
        assertThat(sums.toString()).contains("n=" + records, "a=0", "b=19999");
    }

    @Test
    void aStagingDirectoryThatCannotBeMadeIsSaidAndUsedOnceItCan() throws Exception {
        Files.writeString(rig.state, "in the way");
        ObjectSink sink = rig.open();
        Outcome outcome = rig.deliver(sink, TestDelivery.of(1, 2));
        assertThat(((Outcome.Retry) outcome).why()).contains(rig.state.toString());
        rig.pass(1_000);
        assertThat(rig.deliver(sink, TestDelivery.of(1, 2))).isInstanceOf(Outcome.Retry.class);
        Files.delete(rig.state);
        rig.pass(1_000);
        assertThat(rig.deliver(sink, TestDelivery.of(1, 2))).isEqualTo(Outcome.DELIVERED);
        rig.close(sink);
        assertThat(duck.rows(object())).hasSize(2);
    }
}
