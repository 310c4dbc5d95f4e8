package io.penstock.exporter.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.penstock.exporter.text.Seed;
import io.penstock.proto.record.v1.FieldSchema;
import io.penstock.proto.record.v1.Record;
import io.penstock.proto.record.v1.RecordBatch;
import io.penstock.proto.record.v1.Value;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NativeDecoderTest {

    private static final long ARRIVED_MS = 1_795_329_000_123L;

    @Test
    void saysWhatTheGeneratedClassesWrote() {
        SplittableRandom random = Seed.random("NativeDecoderTest");
        RecordReader reader = new RecordReader();
        for (int round = 0; round < 3000; round++) {
            RecordBatch batch = RandomBatch.next(random);
            byte[] bytes = batch.toByteArray();
            int before = random.nextInt(10);
            byte[] array = new byte[before + bytes.length + random.nextInt(10)];
            System.arraycopy(bytes, 0, array, before, bytes.length);
            RowCollector heard = new RowCollector();

            reader.wrap(Encoding.NATIVE, array, before, bytes.length, ARRIVED_MS).read(heard);

            assertThat(heard.rows).isEqualTo(RandomBatch.rows(batch, ARRIVED_MS * 1_000_000));
        }
    }

    @Test
    void passesOverFieldsThatLaterVersionsAdd() {
        UnknownFieldSet later =
                UnknownFieldSet.newBuilder()
                        .mergeField(77, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .mergeField(78, UnknownFieldSet.Field.newBuilder().addFixed32(1).build())
                        .mergeField(79, UnknownFieldSet.Field.newBuilder().addFixed64(1).build())
                        .mergeField(
                                80,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(ByteString.copyFromUtf8("x"))
                                        .build())
                        .build();
        Value.Builder value = Value.newBuilder().setStringValue("v").setUnknownFields(later);
        RecordBatch batch =
                RecordBatch.newBuilder()
                        .setUnknownFields(later)
                        .addFields(FieldSchema.newBuilder().setName("a").setUnknownFields(later))
                        .addRecords(
                                Record.newBuilder()
                                        .setUnknownFields(later)
                                        .setTimeUnixNano(7)
                                        .addValues(value))
                        .build();

        RowCollector heard = read(batch.toByteArray());

        assertThat(heard.rows).isEqualTo(RandomBatch.rows(batch, 0));
    }

    @Test
    void takesTheLastOfSeveralKindsAsProtobufDoes() {
        byte[] value =
                Value.newBuilder()
                        .setStringValue("first")
                        .build()
                        .toByteString()
                        .concat(Value.newBuilder().setIntValue(-5).build().toByteString())
                        .toByteArray();

        assertThat(read(batchOf(value)).rows.get(0).values()).containsEntry("a", -5L);
    }

    @Test
    void hearsTheTimeFirstWhereverItStands() {
        byte[] record = {0x12, 2, 0x10, 4, 0x09, 1, 0, 0, 0, 0, 0, 0, 0};
        RowCollector heard = read(batch(record));

        assertThat(heard.rows).hasSize(1);
        assertThat(heard.rows.get(0).time()).isEqualTo(1);
        assertThat(heard.rows.get(0).values()).containsEntry("a", 2L);
    }

    @Test
    void namesOffsetAndReasonOfWhatIsMalformed() {
        refuses(batchOf(0x0a, 2, 0xc3, 0x28), "byte 11: the text of field 1 is not UTF-8");
        refuses(batchOf(0x0a, 9, 'x'), "byte 10: a length says 9 bytes, 1 are left");
        refuses(batchOf(0x08, 1), "byte 9: field 1 of Value has wire type 0");
        refuses(batchOf(0x33), "byte 10: field 6 has wire type 3");
        refuses(batchOf(0x10), "byte 10: the bytes end inside a number");
        refuses(batchOf(0x19, 1, 2), "byte 10: the bytes end inside a number");
        refuses(batchOf(0x00), "byte 9: no field has tag 0");
        refuses(
                batch(new byte[] {0x12, 0, 0x12, 0}),
                "byte 9: a record has more values than the 1 fields");
        refuses(
                batch(new byte[] {9, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0}),
                "byte 16: a record states its time twice");
        refuses(
                new byte[] {0x12, 2, 0x12, 0},
                "byte 2: a record has more values than the 0 fields");
        refuses(new byte[] {0x08, 1}, "byte 0: field 1 of RecordBatch has wire type 0");
        refuses(new byte[] {0x0a, 2, 0x10, 1}, "byte 2: a field has no name");
        refuses(new byte[] {0x0a, 3, 0x0a, 1, 7}, "byte 4: a field name has a control character");
        refuses(new byte[] {0x0a, 3, 0x0a, 1, -1}, "byte 4: a field name is not UTF-8");
        refuses(
                new byte[] {0x12, 2, 0x12, 0, 0x0a, 3, 0x0a, 1, 'a'},
                "byte 2: a record has more values than the 0 fields");
        refuses(
                new byte[] {0x0a, 3, 0x0a, 1, 'a', 0x12, 2, 0x12, 0, 0x0a, 3, 0x0a, 1, 'b'},
                "byte 9: field 2 stands behind a record");
    }

    /** A batch of one field, a, and one record with one value, whose bytes begin at 9. */
    private static byte[] batchOf(int... value) {
        byte[] bytes = new byte[value.length];
        for (int i = 0; i < value.length; i++) {
            bytes[i] = (byte) value[i];
        }
        return batchOf(bytes);
    }

    private static byte[] batchOf(byte[] value) {
        byte[] record = new byte[value.length + 2];
        record[0] = 0x12;
        record[1] = (byte) value.length;
        System.arraycopy(value, 0, record, 2, value.length);
        return batch(record);
    }

    /** A batch of one field, a, and one record, whose bytes begin at 7. */
    private static byte[] batch(byte[] record) {
        byte[] bytes = new byte[record.length + 7];
        byte[] before = {0x0a, 3, 0x0a, 1, 'a', 0x12, (byte) record.length};
        System.arraycopy(before, 0, bytes, 0, before.length);
        System.arraycopy(record, 0, bytes, before.length, record.length);
        return bytes;
    }

    private static RowCollector read(byte[] batch) {
        RowCollector heard = new RowCollector();
        new RecordReader().wrap(Encoding.NATIVE, batch, 0, batch.length, 0).read(heard);
        return heard;
    }

    private static void refuses(byte[] batch, String reason) {
        assertThatThrownBy(() -> read(batch))
                .isInstanceOf(MalformedBatchException.class)
                .hasMessage(reason);
    }
}
