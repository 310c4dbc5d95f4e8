package io.penstock.exporter.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.text.RandomJson;
import io.penstock.exporter.text.Seed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecordReaderTest {

    private final RecordReader reader = new RecordReader();
    private final RecordReader sliceReader = new RecordReader();

    @Test
    void readsAndSlicesEverySubRange() {
        SplittableRandom random = Seed.random("RecordReaderTest");
        for (int round = 0; round < 1000; round++) {
            Encoding encoding = Encoding.ofCode((byte) (1 + round % 4));
            byte[] body = body(encoding, random);
            RowCollector all = new RowCollector();
            reader.wrap(encoding, body, 0, body.length, 5).read(all);
            int from = random.nextInt(all.rows.size() + 1);
            int to = from + random.nextInt(all.rows.size() - from + 1);
            List<Row> expected = all.rows.subList(from, to);

            RowCollector part = new RowCollector();
            reader.read(from, to, part);
            assertThat(part.rows).isEqualTo(expected);

            WriteBuffer slice = new WriteBuffer(0);
            slice.put((byte) 'x');
            reader.slice(from, to, slice);
            RowCollector sliced = new RowCollector();
            sliceReader.wrap(encoding, slice.array(), 1, slice.length() - 1, 5).read(sliced);
            assertThat(sliced.rows).isEqualTo(expected);
            if (from < to) {
                ByteChunks chunks = new ByteChunks();
                chunks.add(slice.array(), 1, slice.length() - 1);
                assertThat(new BatchScan(1 << 20).scan(encoding, chunks, 0, chunks.length()))
                        .isEqualTo(to - from);
            }
        }
    }

    @Test
    void slicesAroundARecordThatCannotBeDecoded() {
        byte[] batch = {
            0x0a, 3, 0x0a, 1, 'a', 0x12, 4, 0x12, 2, 0x10, 2, 0x12, 4, 0x12, 2, 0x10, -1, 0x12, 4,
            0x12, 2, 0x10, 4
        };
        reader.wrap(Encoding.NATIVE, batch, 0, batch.length, 0);
        RowCollector heard = new RowCollector();
        assertThatThrownBy(() -> reader.read(heard)).isInstanceOf(MalformedBatchException.class);

        RowCollector around = new RowCollector();
        reader.read(0, 1, around);
        reader.read(2, 3, around);
        assertThat(around.rows).extracting(row -> row.values().get("a")).containsExactly(1L, 2L);

        WriteBuffer poison = new WriteBuffer(0);
        reader.slice(1, 2, poison);
        assertThat(poison.toByteArray())
                .containsExactly(0x0a, 3, 0x0a, 1, 'a', 0x12, 4, 0x12, 2, 0x10, -1);
    }

    @Test
    void readsOnlyTheBytesItWasGiven() {
        byte[] body = "xx{\"a\":1}\n{\"a\":2}yy".getBytes(StandardCharsets.UTF_8);
        RowCollector heard = new RowCollector();

        reader.wrap(Encoding.NDJSON, body, 2, body.length - 4, 0).read(heard);

        assertThat(heard.rows).extracting(row -> row.values().get("a")).containsExactly(1L, 2L);
        assertThatThrownBy(() -> reader.wrap(Encoding.NDJSON, body, 2, body.length, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void mutationsNeverRaiseAnythingElseAndNeverLoop() {
        SplittableRandom random = Seed.random("RecordReaderTest.mutations");
        WriteBuffer out = new WriteBuffer(0);
        NdjsonWriter writer = new NdjsonWriter(out);
        int refused = 0;
        for (int round = 0; round < 30_000; round++) {
            Encoding encoding = Encoding.ofCode((byte) (1 + random.nextInt(4)));
            byte[] body = body(encoding, random);
            for (int i = random.nextInt(4); i >= 0; i--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(body.length) : body.length;
            out.clear();
            try {
                reader.wrap(encoding, body, 0, length, 0).read(writer);
                reader.slice(0, 3, out);
            } catch (MalformedBatchException declared) {
                assertThat(declared.fault().offset()).isBetween(0, length);
                refused++;
            }
        }
        assertThat(refused).isBetween(3000, 29_500);
    }

    private static byte[] body(Encoding encoding, SplittableRandom random) {
        if (encoding == Encoding.NATIVE) {
            return RandomBatch.next(random).toByteArray();
        }
        StringBuilder body = new StringBuilder(encoding == Encoding.JSON_ARRAY ? "[" : "");
        int records = 1 + random.nextInt(6);
        for (int i = 0; i < records; i++) {
            body.append(RandomJson.object(random));
            if (encoding == Encoding.JSON_ARRAY) {
                body.append(i < records - 1 ? " ,\n" : "]");
            } else {
                body.append(random.nextBoolean() ? "\n" : "\r\n \n");
            }
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
