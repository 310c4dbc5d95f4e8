package io.penstock.exporter.sink.body;

import com.github.luben.zstd.ZstdInputStream;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.penstock.proto.record.v1.Record;
import io.penstock.proto.record.v1.RecordBatch;
import io.penstock.proto.record.v1.Value;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads bodies back by other people's code. Threading: any thread. */
public final class BodyReader {

    private BodyReader() {}

    /** Unpacks all members or frames. */
    public static byte[] unpack(Compression compression, byte[] body) {
        try (InputStream in = new ByteArrayInputStream(body);
                InputStream plain =
                        switch (compression) {
                            case NONE -> in;
                            case GZIP -> new GZIPInputStream(in);
                            case ZSTD -> new ZstdInputStream(in);
                        }) {
            return plain.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The records of an unpacked body. */
    public static List<JsonObject> records(BodyFormat format, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return switch (format) {
            case NDJSON -> text.lines().map(JsonObject::new).toList();
            case JSON_ARRAY -> new JsonArray(text).stream().map(JsonObject.class::cast).toList();
            case PROTOBUF -> frames(body);
            case TEXT -> text.lines().map(line -> new JsonObject().put("marker", line)).toList();
        };
    }

    /** Frame by frame; one that is no RecordBatch is passed over. */
    private static List<JsonObject> frames(byte[] body) {
        List<JsonObject> records = new ArrayList<>();
        CodedInputStream in = CodedInputStream.newInstance(body);
        try {
            while (!in.isAtEnd()) {
                addRecords(in.readByteArray(), records);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return records;
    }

    private static void addRecords(byte[] frame, List<JsonObject> records) {
        try {
            RecordBatch batch = RecordBatch.parseFrom(frame);
            batch.getRecordsList().forEach(record -> records.add(record(batch, record)));
        } catch (InvalidProtocolBufferException garbage) {
            records.add(new JsonObject());
        }
    }

    private static JsonObject record(RecordBatch batch, Record record) {
        JsonObject object = new JsonObject();
        for (int i = 0; i < record.getValuesCount(); i++) {
            object.put(batch.getFields(i).getName(), value(record.getValues(i)));
        }
        return object;
    }

    private static @Nullable Object value(Value value) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case BOOL_VALUE -> value.getBoolValue();
            case BYTES_VALUE -> value.getBytesValue().toByteArray();
            case KIND_NOT_SET -> null;
        };
    }
}
