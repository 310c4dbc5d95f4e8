package io.penstock.gateway.accesslog;

import com.google.protobuf.InvalidProtocolBufferException;
import io.penstock.exporter.accesslog.AccessLogField;
import io.penstock.exporter.accesslog.AccessLogFormat;
import io.penstock.exporter.accesslog.MalformedLine;
import io.penstock.exporter.record.BatchBuilder;
import io.penstock.proto.record.v1.Record;
import io.penstock.proto.record.v1.RecordBatch;
import io.penstock.proto.record.v1.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reader makes of lines, as plain values. */
record Lines(List<Parsed> records, List<MalformedLine> malformed) {

    /** One record: its time, and its values in the order of {@link AccessLogField}. */
    record Parsed(long timeUnixNano, List<@Nullable Object> values) {

        @Nullable Object get(AccessLogField field) {
            return values.get(field.number());
        }
    }

    static Lines read(AccessLogFormat format, String... lines) {
        byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return read(format, new ByteArrayInputStream(bytes), 100);
    }

    static Lines read(AccessLogFormat format, InputStream in, int maxRecords) {
        Lines all = new Lines(new ArrayList<>(), new ArrayList<>());
        AccessLogReader reader = new AccessLogReader(in, format, all.malformed::add);
        BatchBuilder batch = new BatchBuilder();
        AccessLogField.announce(batch);
        try {
            while (reader.fill(batch, maxRecords, 1 << 16)) {
                all.records.addAll(parsed(batch));
                batch.clear();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return all;
    }

    static List<Parsed> parsed(BatchBuilder batch) throws InvalidProtocolBufferException {
        RecordBatch read = RecordBatch.parseFrom(batch.build());
        List<Parsed> records = new ArrayList<>();
        for (Record record : read.getRecordsList()) {
            List<@Nullable Object> values = new ArrayList<>();
            record.getValuesList().forEach(value -> values.add(plain(value)));
            records.add(new Parsed(record.getTimeUnixNano(), values));
        }
        return records;
    }

    private static @Nullable Object plain(Value value) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> value.getIntValue();
            case KIND_NOT_SET -> null;
            default -> throw new AssertionError(value);
        };
    }
}
