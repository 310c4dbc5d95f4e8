package io.penstock.exporter.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.text.RandomJson;
import io.penstock.exporter.text.RandomText;
import io.penstock.exporter.text.Seed;
import io.penstock.proto.record.v1.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchScanTest {

    private static final int MAX_RECORD_BYTES = 10_000;

    private final BatchScan scan = new BatchScan(MAX_RECORD_BYTES);

    @Test
    void countsRecordsOfNativeBatchesHoweverTheyAreCut() {
        SplittableRandom random = Seed.random("BatchScanTest.native");
        for (int round = 0; round < 2000; round++) {
            RecordBatch batch = RandomBatch.next(random);
            byte[] bytes = batch.toByteArray();
            ByteChunks chunks = ByteChunksTest.cut(bytes, random);

            assertThat(scan.scan(Encoding.NATIVE, chunks, 0, bytes.length))
                    .isEqualTo(batch.getRecordsCount());
            assertThat(scan.fault()).isNull();
        }
    }

    @Test
    void scansAPartOfTheChunks() {
        byte[] batch = {0x0a, 3, 0x0a, 1, 'a', 0x12, 2, 0x12, 0};
        byte[] bytes = new byte[batch.length + 20];
        Arrays.fill(bytes, (byte) 0xff);
        System.arraycopy(batch, 0, bytes, 7, batch.length);
        ByteChunks chunks = ByteChunksTest.cut(bytes, new SplittableRandom(1));

        assertThat(scan.scan(Encoding.NATIVE, chunks, 7, batch.length)).isEqualTo(1);
        assertThat(scan.scan(Encoding.NATIVE, chunks, 7, batch.length + 1)).isEqualTo(-1);
        refused(BatchFault.Kind.MALFORMED, 9, "byte 9: the bytes end inside a number");
    }

    @Test
    void refusesNativeBatchesThatLie() {
        nativeRefused("a batch that is empty", BatchFault.Kind.EMPTY, "the batch holds no record");
        byte[] fieldBehind = {0x12, 2, 0x12, 0, 0x0a, 3, 0x0a, 1, 'a'};
        byte[] doubled = {0x0a, 3, 0x0a, 1, 'a', 0x0a, 3, 0x0a, 1, 'a', 0x12, 2, 0x12, 0};

        nativeRefused(fieldBehind, "byte 4: field 1 stands behind a record");
        nativeRefused(doubled, "byte 5: field 2 has the name of one before it");
        nativeRefused(new byte[] {0x12, 0}, "byte 0: record 1 has no bytes");
        nativeRefused(new byte[] {0x12, 9, 1}, "byte 1: a length says 9 bytes, 1 are left");
        nativeRefused(
                new byte[] {0x12, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
                "byte 1: a length says 18446744073709551615 bytes, 0 are left");
        nativeRefused(new byte[] {0x10, 1}, "byte 0: field 2 of RecordBatch has wire type 0");
        nativeRefused(new byte[] {0x1b}, "byte 1: field 3 has wire type 3");
        nativeRefused(
                new byte[] {0x0a, 3, 0x0a, 1, 7},
                "byte 0: field 1, byte 2: a field name has a control character");
        nativeRefused(new byte[] {0x0a, 0}, "byte 0: field 1, byte 0: a field has no name");
    }

    @Test
    void fieldsOfTheBatchBeforeAreNotTakenForThoseOfThisOne() {
        byte[] good = {0x0a, 3, 0x0a, 1, 'a', 0x12, 2, 0x12, 0};
        byte[] doubled = {0x0a, 3, 0x0a, 1, 'a', 0x0a, 3, 0x0a, 1, 'a', 0x12, 2, 0x12, 0};
        byte[] more = {0x0a, 3, 0x0a, 1, 'a', 0x0a, 3, 0x0a, 1, 'b', 0x12, 2, 0x12, 0};
        byte[] onlyFields = {0x0a, 3, 0x0a, 1, 'a'};
        byte[] behind = {0x0a, 3, 0x0a, 1, 'a', 0x12, 2, 0x12, 0, 0x0a, 3, 0x0a, 1, 'b'};
        for (int round = 0; round < 2; round++) {
            accepted(good);
            accepted(good);
            nativeRefused(doubled, "byte 5: field 2 has the name of one before it");
            accepted(good);
            accepted(more);
            accepted(good);
            assertThat(scanAll(Encoding.NATIVE, onlyFields)).isEqualTo(-1);
            refused(BatchFault.Kind.EMPTY, 0, "the batch holds no record");
            accepted(good);
            nativeRefused(behind, "byte 9: field 2 stands behind a record");
        }
    }

    private void accepted(byte[] bytes) {
        ByteChunks chunks = new ByteChunks();
        chunks.add(bytes, 0, bytes.length);
        assertThat(scan.scan(Encoding.NATIVE, chunks, 0, bytes.length)).isEqualTo(1);
    }

    @Test
    void refusesRecordsOverTheLimit() {
        BatchBuilder batch = new BatchBuilder();
        batch.field("a", BatchBuilder.FieldType.STRING);
        add(batch, "x".repeat(100));
        add(batch, "x".repeat(MAX_RECORD_BYTES));

        assertThat(scanAll(Encoding.NATIVE, batch.build())).isEqualTo(-1);
        refused(
                BatchFault.Kind.TOO_LARGE,
                122,
                "byte 122: record 2 has 10015 bytes, the limit is 10000");

        String line = "{\"a\":\"" + "x".repeat(MAX_RECORD_BYTES) + "\"}";
        assertThat(scanAll(Encoding.NDJSON, utf8("{}\n" + line))).isEqualTo(-1);
        refused(
                BatchFault.Kind.TOO_LARGE,
                3,
                "line 2, column 1: record 2 has 10008 bytes, the limit is 10000");
        assertThat(scanAll(Encoding.JSON_ARRAY, utf8("[" + line + "]"))).isEqualTo(-1);
        refused(
                BatchFault.Kind.TOO_LARGE,
                1,
                "line 1, column 2: record 1 has 10008 bytes, the limit is 10000");
        assertThat(scanAll(Encoding.TEXT, utf8("x".repeat(MAX_RECORD_BYTES)))).isEqualTo(1);
        assertThat(scanAll(Encoding.TEXT, utf8("x".repeat(MAX_RECORD_BYTES + 1)))).isEqualTo(-1);
    }

    @Test
    void refusesMoreFieldsAndRecordsThanAllowed() {
        WriteBuffer fields = new WriteBuffer(0);
        for (int i = 0; i <= Wire.MAX_FIELDS; i++) {
            byte[] name = utf8(Integer.toString(i));
            fields.put((byte) 0x0a);
            fields.put((byte) (name.length + 2));
            fields.put((byte) 0x0a);
            fields.put((byte) name.length);
            fields.put(name, 0, name.length);
        }
        assertThat(scanAll(Encoding.NATIVE, fields.toByteArray())).isEqualTo(-1);
        assertThat(scan.fault()).extracting(BatchFault::kind).isEqualTo(BatchFault.Kind.TOO_LARGE);

        byte[] record = {0x12, 2, 0x50, 0};
        byte[] batch = new byte[record.length * (Wire.MAX_RECORDS + 1)];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = record[i % record.length];
        }
        ByteChunks chunks = new ByteChunks();
        chunks.add(batch, 0, batch.length);
        int most = batch.length - record.length;
        assertThat(scan.scan(Encoding.NATIVE, chunks, 0, most)).isEqualTo(Wire.MAX_RECORDS);
        assertThat(scan.scan(Encoding.NATIVE, chunks, 0, batch.length)).isEqualTo(-1);
        refused(
                BatchFault.Kind.TOO_LARGE,
                most,
                "byte " + most + ": the batch has over 1000000 records");
    }

    @Test
    void countsLinesAndElements() {
        SplittableRandom random = Seed.random("BatchScanTest.json");
        for (int round = 0; round < 2000; round++) {
            int records = 1 + random.nextInt(8);
            StringBuilder lines = new StringBuilder();
            StringBuilder array = new StringBuilder(" [ ");
            for (int i = 0; i < records; i++) {
                String json = RandomJson.object(random);
                lines.append(random.nextInt(4) == 0 ? " \t\r\n\n" : "").append(json);
                lines.append(random.nextBoolean() ? "\n" : "\r\n");
                array.append(i == 0 ? "" : random.nextBoolean() ? "," : " ,\n ").append(json);
            }
            array.append("]\n");
            byte[] ndjson = utf8(lines.toString());
            byte[] elements = utf8(array.toString());

            assertThat(scanCut(Encoding.NDJSON, ndjson, random)).isEqualTo(records);
            assertThat(scanCut(Encoding.TEXT, ndjson, random)).isEqualTo(records);
            assertThat(scanCut(Encoding.JSON_ARRAY, elements, random)).isEqualTo(records);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NDJSON | {}~[] | line 2, column 1: expected '{'",
                "NDJSON | {}{} | line 1, column 3: expected the end of the line behind the object",
                "NDJSON | {\"a\":~1} | line 1, column 6: expected a value, the text ends",
                "NDJSON | ~~{\"a\":x} | line 3, column 6: expected a value",
                "JSON_ARRAY | {} | line 1, column 1: expected '['",
                "JSON_ARRAY | [{} | line 1, column 4: expected ',' or ']', the text ends",
                "JSON_ARRAY | [{},] | line 1, column 5: expected '{'",
                "JSON_ARRAY | [{},~1] | line 2, column 1: expected '{'",
                "JSON_ARRAY | [{}]x | line 1, column 5: expected the end of the text behind the array",
                "JSON_ARRAY | [ | line 1, column 2: expected '{', the text ends"
            })
    void namesLineAndColumn(Encoding encoding, String text, String reason) {
        byte[] bytes = utf8(text.replace('~', '\n'));

        assertThat(scanAll(encoding, bytes)).isEqualTo(-1);
        assertThat(scan.fault()).extracting(BatchFault::reason).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({"NDJSON,''", "NDJSON,' '", "TEXT,''", "TEXT,' '", "JSON_ARRAY,[]", "NATIVE,''"})
    void refusesBatchesWithoutRecords(Encoding encoding, String text) {
        assertThat(scanAll(encoding, utf8(text))).isEqualTo(-1);
        refused(BatchFault.Kind.EMPTY, 0, "the batch holds no record");
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        byte[] text = utf8("good\nbad here");
        text[8] = (byte) 0xe4;

        assertThat(scanAll(Encoding.TEXT, text)).isEqualTo(-1);
        refused(BatchFault.Kind.MALFORMED, 8, "line 2, column 4: the text is not UTF-8");
    }

    @Test
    void whatItTakesOfTextDecodesToAsManyRecords() {
        SplittableRandom random = Seed.random("BatchScanTest.agrees");
        RecordReader reader = new RecordReader();
        String alphabet = "{}[],:\"\\ \n\r01truefalsenull.e-ä";
        int taken = 0;
        for (int round = 0; round < 100_000; round++) {
            StringBuilder text = new StringBuilder("[{\"a\":1},{\"b\":[]}]");
            if (random.nextBoolean()) {
                text = new StringBuilder("{\"a\":1}\n{\"b\":[]}\r\n\n");
            }
            for (int i = random.nextInt(4); i > 0; i--) {
                int at = random.nextInt(text.length());
                text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
            }
            byte[] bytes = utf8(text.toString());
            Encoding encoding = Encoding.ofCode((byte) (2 + random.nextInt(3)));
            int records = scanCut(encoding, bytes, random);
            if (records > 0) {
                RowCollector heard = new RowCollector();
                reader.wrap(encoding, bytes, 0, bytes.length, 0).read(heard);
                assertThat(heard.rows).as(text.toString()).hasSize(records);
                taken++;
            }
        }
        assertThat(taken).isGreaterThan(10_000);
    }

    @Test
    void garbageIsAFaultAndNothingWorse() {
        SplittableRandom random = Seed.random("BatchScanTest.garbage");
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = utf8(RandomText.next(random, 60));
            for (int i = random.nextInt(6); i > 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Encoding encoding = Encoding.ofCode((byte) (1 + random.nextInt(4)));
            int records = scanCut(encoding, bytes, random);
            assertThat(records == -1).isEqualTo(scan.fault() != null);
        }
    }

    private static void add(BatchBuilder batch, String text) {
        batch.startRecord(1);
        batch.stringValue(0, text);
        batch.endRecord();
    }

    private void nativeRefused(byte[] batch, String reason) {
        assertThat(scanAll(Encoding.NATIVE, batch)).isEqualTo(-1);
        assertThat(scan.fault()).extracting(BatchFault::reason).isEqualTo(reason);
        assertThat(scan.fault()).extracting(BatchFault::kind).isEqualTo(BatchFault.Kind.MALFORMED);
    }

    private void nativeRefused(String what, BatchFault.Kind kind, String reason) {
        assertThat(scanAll(Encoding.NATIVE, new byte[0])).as(what).isEqualTo(-1);
        refused(kind, 0, reason);
    }

    private void refused(BatchFault.Kind kind, int offset, String reason) {
        assertThat(scan.fault()).isEqualTo(new BatchFault(kind, offset, reason));
    }

    private int scanAll(Encoding encoding, byte[] bytes) {
        return scanCut(encoding, bytes, new SplittableRandom(bytes.length));
    }

    private int scanCut(Encoding encoding, byte[] bytes, SplittableRandom random) {
        ByteChunks chunks = new ByteChunks();
        if (random.nextBoolean()) {
            chunks.add(bytes, 0, bytes.length);
        } else {
            chunks = ByteChunksTest.cut(bytes, random);
        }
        return scan.scan(encoding, chunks, 0, bytes.length);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
