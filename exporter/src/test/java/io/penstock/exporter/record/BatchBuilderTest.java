package io.penstock.exporter.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.penstock.exporter.text.Seed;
import io.penstock.proto.record.v1.FieldType;
import io.penstock.proto.record.v1.RecordBatch;
import io.penstock.proto.record.v1.Value;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BatchBuilderTest {

    @Test
    void writesTheBytesThatTheGeneratedClassesWrite() {
        SplittableRandom random = Seed.random("BatchBuilderTest");
        BatchBuilder builder = new BatchBuilder();
        RecordReader reader = new RecordReader();
        for (int round = 0; round < 2000; round++) {
            RecordBatch batch = withoutTypes(RandomBatch.next(random));
            byte[] bytes = batch.toByteArray();

            reader.wrap(Encoding.NATIVE, bytes, 0, bytes.length, 0).read(builder);

            assertThat(builder.build()).isEqualTo(bytes);
            assertThat(builder.bytes()).isEqualTo(bytes.length);
            assertThat(builder.records()).isEqualTo(batch.getRecordsCount());
            WriteBuffer out = new WriteBuffer(0);
            builder.writeTo(out);
            assertThat(out.toByteArray()).isEqualTo(bytes);
        }
    }

    @Test
    void putsValuesInTheOrderOfTheFields() throws InvalidProtocolBufferException {
        BatchBuilder builder = new BatchBuilder();
        for (String name : new String[] {"a", "b", "c", "d"}) {
            builder.field(name, BatchBuilder.FieldType.INT64);
        }
        builder.startRecord(9);
        builder.intValue(2, -3);
        builder.intValue(0, 1);
        builder.endRecord();
        builder.startRecord(0);
        builder.boolValue(3, true);
        builder.endRecord();

        RecordBatch batch = RecordBatch.parseFrom(builder.build());

        assertThat(batch.getFields(0).getType()).isEqualTo(FieldType.FIELD_TYPE_INT64);
        assertThat(batch.getRecords(0).getTimeUnixNano()).isEqualTo(9);
        assertThat(batch.getRecords(0).getValuesList())
                .containsExactly(
                        Value.newBuilder().setIntValue(1).build(),
                        Value.getDefaultInstance(),
                        Value.newBuilder().setIntValue(-3).build());
        assertThat(batch.getRecords(1).getValuesCount()).isEqualTo(4);
        assertThat(batch.getRecords(1).getValues(3).getBoolValue()).isTrue();
    }

    @Test
    void keepsTheFieldsWhenCleared() throws InvalidProtocolBufferException {
        BatchBuilder builder = new BatchBuilder();
        int field = builder.field("a", BatchBuilder.FieldType.STRING);
        for (int i = 0; i < 3; i++) {
            builder.clear();
            builder.startRecord(0);
            builder.stringValue(field, "text " + i);
            builder.endRecord();
            RecordBatch batch = RecordBatch.parseFrom(builder.build());
            assertThat(batch.getFieldsList()).hasSize(1);
            assertThat(batch.getRecordsList()).hasSize(1);
            assertThat(batch.getRecords(0).getValues(0).getStringValue()).isEqualTo("text " + i);
        }
    }

    @Test
    void takesFieldsThatTurnUpBetweenRecords() throws InvalidProtocolBufferException {
        byte[] lines =
                "{\"a\":1}\n{\"b\":{\"c\":[2]},\"a\":\"x\"}\n".getBytes(StandardCharsets.UTF_8);
        BatchBuilder builder = new BatchBuilder();
        new RecordReader().wrap(Encoding.NDJSON, lines, 0, lines.length, 7).read(builder);

        RecordBatch batch = RecordBatch.parseFrom(builder.build());

        assertThat(batch.getFieldsList()).extracting(f -> f.getName()).containsExactly("a", "b");
        assertThat(batch.getRecords(1).getTimeUnixNano()).isEqualTo(7_000_000);
        assertThat(batch.getRecords(1).getValues(0).getStringValue()).isEqualTo("x");
        assertThat(batch.getRecords(1).getValues(1).getStringValue()).isEqualTo("{\"c\":[2]}");
    }

    @Test
    void refusesFieldsThatWereNotAnnounced() {
        BatchBuilder builder = new BatchBuilder();
        builder.startRecord(0);

        assertThatThrownBy(() -> builder.intValue(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("field 0 of 0");
    }

    private static RecordBatch withoutTypes(RecordBatch batch) {
        RecordBatch.Builder plain = batch.toBuilder();
        plain.getFieldsBuilderList().forEach(field -> field.clearType());
        return plain.build();
    }
}
