package io.penstock.exporter.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NativePiecesTest {

    private final WriteBuffer json = new WriteBuffer(64);

    private List<Integer> pieces(Encoding encoding, int records, byte[] body) {
        List<Integer> counts = new ArrayList<>();
        new NativePieces()
                .read(
                        encoding,
                        records,
                        body,
                        0,
                        body.length,
                        (count, bytes, offset, length) -> {
                            counts.add(count);
                            NdjsonWriter writer = new NdjsonWriter(json, JsonWriter.NO_TIME_KEY);
                            new RecordReader()
                                    .wrap(Encoding.NATIVE, bytes, offset, length, 0)
                                    .read(writer);
                        });
        return counts;
    }

    @Test
    void passesANativeBatchAsItIs() {
        BatchBuilder batch = new BatchBuilder();
        batch.field("a", BatchBuilder.FieldType.INT64);
        batch.startRecord(1);
        batch.intValue(0, 7);
        batch.endRecord();

        assertThat(pieces(Encoding.NATIVE, 1, batch.build())).containsExactly(1);
        assertThat(json.toString()).isEqualTo("{\"a\":7}\n");
    }

    @Test
    void rebuildsLinesAndArrays() {
        byte[] array = "[{\"a\":1},{\"b\":\"x\"}]".getBytes(StandardCharsets.UTF_8);
        assertThat(pieces(Encoding.JSON_ARRAY, 2, array)).containsExactly(2);
        byte[] text = "one\ntwo\n".getBytes(StandardCharsets.UTF_8);
        assertThat(pieces(Encoding.TEXT, 2, text)).containsExactly(2);
        assertThat(json.toString())
                .isEqualTo(
                        "{\"a\":1}\n{\"a\":null,\"b\":\"x\"}\n{\"message\":\"one\"}\n{\"message\":\"two\"}\n");
    }

    /** Keeps the last value of each record and forgets the rest, most of which is nulls. */
    private static final class LastValues extends ForwardingVisitor {
        private final WriteBuffer json;
        private final List<Integer> found = new ArrayList<>();

        LastValues(WriteBuffer json) {
            super(new NdjsonWriter(json, JsonWriter.NO_TIME_KEY));
            this.json = json;
        }

        @Override
        public void endRecord() {
            super.endRecord();
            String record = json.toString();
            int from = record.lastIndexOf(':') + 1;
            found.add(Integer.parseInt(record, from, record.lastIndexOf('}'), 10));
            json.clear();
        }
    }

    @Test
    void losesNoRecordOfABatchWithMoreNamesThanABatchMayHave() {
        int records = Wire.MAX_FIELDS + 100;
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < records; i++) {
            lines.append("{\"f").append(i).append("\":").append(i).append("}\n");
        }
        byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
        LastValues values = new LastValues(json);
        List<Integer> counts = new ArrayList<>();

        new NativePieces()
                .read(
                        Encoding.NDJSON,
                        records,
                        body,
                        0,
                        body.length,
                        (count, bytes, offset, length) -> {
                            counts.add(count);
                            new RecordReader()
                                    .wrap(Encoding.NATIVE, bytes, offset, length, 0)
                                    .read(values);
                        });

        assertThat(counts).hasSizeGreaterThan(1);
        assertThat(counts.stream().mapToInt(count -> count).sum()).isEqualTo(records);
        assertThat(values.found).isEqualTo(IntStream.range(0, records).boxed().toList());
    }
}
