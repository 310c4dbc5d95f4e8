package io.penstock.client;

import io.penstock.proto.record.v1.FieldSchema;
import io.penstock.proto.record.v1.Record;
import io.penstock.proto.record.v1.RecordBatch;
import io.penstock.proto.record.v1.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A batch that still takes records: names become fields when they are first seen, values stand by
 * position. Threading: guarded by the lane that it belongs to.
 */
final class Draft {
    /** The most that a batch may have; see {@code RecordBatch.fields}. */
    private static final int MAX_FIELDS = 4096;

    private final RecordBatch.Builder batch = RecordBatch.newBuilder();
    private final Map<String, Integer> fields = new HashMap<>();
    private final CompletableFuture<PushReceipt> receipt = new CompletableFuture<>();
    private long bytes;

    /** Whether there is room for the names of a record. */
    boolean fits(PushRecord record) {
        return fields.size() + record.values().size() <= MAX_FIELDS;
    }

    /** Adds a record; answers with the bytes that it takes, about. */
    long add(PushRecord record) {
        long before = bytes;
        Value[] row = new Value[fields.size() + record.values().size()];
        int width = 0;
        for (Map.Entry<String, Value> each : record.values().entrySet()) {
            int field = field(each.getKey());
            row[field] = each.getValue();
            width = Math.max(width, field + 1);
        }
        Record.Builder made = Record.newBuilder().setTimeUnixNano(record.timeUnixNano());
        for (int i = 0; i < width; i++) {
            made.addValues(row[i] == null ? Value.getDefaultInstance() : row[i]);
        }
        Record whole = made.build();
        batch.addRecords(whole);
        bytes += whole.getSerializedSize() + Integer.BYTES;
        return bytes - before;
    }

    private int field(String name) {
        Integer known = fields.get(name);
        if (known != null) {
            return known;
        }
        int number = fields.size();
        fields.put(name, number);
        batch.addFields(FieldSchema.newBuilder().setName(name));
        bytes += name.length() + Integer.BYTES;
        return number;
    }

    int records() {
        return batch.getRecordsCount();
    }

    long bytes() {
        return bytes;
    }

    /** Completed with the batch; shared by all its records. */
    CompletableFuture<PushReceipt> receipt() {
        return receipt;
    }

    Batch build() {
        return Batch.of(batch.build());
    }
}
