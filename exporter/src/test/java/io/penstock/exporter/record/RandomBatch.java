package io.penstock.exporter.record;

import com.google.protobuf.ByteString;
import io.penstock.exporter.text.RandomText;
import io.penstock.proto.record.v1.FieldSchema;
import io.penstock.proto.record.v1.FieldType;
import io.penstock.proto.record.v1.Record;
import io.penstock.proto.record.v1.RecordBatch;
import io.penstock.proto.record.v1.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Random batches of the generated classes, and what a visitor should hear of one. */
final class RandomBatch {

    private RandomBatch() {}

    static RecordBatch next(SplittableRandom random) {
        RecordBatch.Builder batch = RecordBatch.newBuilder();
        int fields = random.nextInt(15);
        for (int i = 0; i < fields; i++) {
            batch.addFields(field(random, i));
        }
        for (int i = random.nextInt(20); i >= 0; i--) {
            batch.addRecords(record(random, fields));
        }
        return batch.build();
    }

    private static FieldSchema field(SplittableRandom random, int number) {
        String name = RandomText.next(random, 20).replaceAll("[\\x00-\\x1f\\x7f]", "");
        return FieldSchema.newBuilder()
                .setName(number + "." + name)
                .setType(FieldType.forNumber(random.nextInt(6)))
                .build();
    }

    private static Record record(SplittableRandom random, int fields) {
        Record.Builder record = Record.newBuilder();
        long time = random.nextLong() >> 2;
        record.setTimeUnixNano(fields == 0 || random.nextInt(4) > 0 ? time | 1 : 0);
        for (int i = random.nextInt(fields + 1); i > 0; i--) {
            record.addValues(value(random));
        }
        // A record without time and values has no bytes, which no batch may hold.
        return record.build().getSerializedSize() == 0
                ? record.setTimeUnixNano(1).build()
                : record.build();
    }

    private static Value value(SplittableRandom random) {
        Value.Builder value = Value.newBuilder();
        switch (random.nextInt(8)) {
            case 0 -> value.setIntValue(random.nextLong() >> random.nextInt(64));
            case 1 -> value.setDoubleValue(Double.longBitsToDouble(random.nextLong()));
            case 2 -> value.setDoubleValue(random.nextInt(1000) / 8.0);
            case 3 -> value.setBoolValue(random.nextBoolean());
            case 4 -> {
                byte[] bytes = new byte[random.nextInt(20)];
                random.nextBytes(bytes);
                value.setBytesValue(ByteString.copyFrom(bytes));
            }
            case 5 -> value.clear();
            default -> value.setStringValue(RandomText.next(random, 60));
        }
        return value.build();
    }

    /** What a visitor should hear. */
    static List<Row> rows(RecordBatch batch, long arrivedNanos) {
        List<Row> rows = new ArrayList<>();
        for (Record record : batch.getRecordsList()) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (int i = 0; i < record.getValuesCount(); i++) {
                values.put(batch.getFields(i).getName(), plain(record.getValues(i)));
            }
            long time = record.getTimeUnixNano();
            rows.add(new Row(time == 0 ? arrivedNanos : time, values));
        }
        return rows;
    }

    private static @Nullable Object plain(Value value) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case BOOL_VALUE -> value.getBoolValue();
            case BYTES_VALUE -> ByteBuffer.wrap(value.getBytesValue().toByteArray());
            case KIND_NOT_SET -> null;
        };
    }
}
