package io.penstock.gateway.ingest;

import com.google.protobuf.ByteString;
import io.penstock.proto.ingest.v1.PushRequest;
import io.penstock.proto.record.v1.FieldSchema;
import io.penstock.proto.record.v1.FieldType;
import io.penstock.proto.record.v1.Record;
import io.penstock.proto.record.v1.RecordBatch;
import io.penstock.proto.record.v1.Value;

/** Batches and requests for tests, made by protobuf itself. */
public final class Batches {
    private Batches() {}

    /** A batch of {@code records} records with a text of {@code textBytes} each. */
    public static RecordBatch batch(int records, int textBytes) {
        RecordBatch.Builder batch =
                RecordBatch.newBuilder()
                        .addFields(
                                FieldSchema.newBuilder()
                                        .setName("text")
                                        .setType(FieldType.FIELD_TYPE_STRING));
        for (int i = 0; i < records; i++) {
            batch.addRecords(
                    Record.newBuilder()
                            .setTimeUnixNano(1_700_000_000_000_000_000L + i)
                            .addValues(Value.newBuilder().setStringValue("x".repeat(textBytes))));
        }
        return batch.build();
    }

    /** A small request for a repo. */
    public static PushRequest request(String repo) {
        return request(repo, batch(3, 10));
    }

    /** A request for a repo. */
    public static PushRequest request(String repo, RecordBatch batch) {
        return PushRequest.newBuilder().setRepo(repo).setBatch(batch).build();
    }

    /** A message with the gRPC prefix in front. */
    public static byte[] framed(byte[] message, boolean compressed) {
        byte[] framed = new byte[message.length + 5];
        framed[0] = (byte) (compressed ? 1 : 0);
        for (int i = 0; i < 4; i++) {
            framed[1 + i] = (byte) (message.length >>> (24 - 8 * i));
        }
        System.arraycopy(message, 0, framed, 5, message.length);
        return framed;
    }

    /** A message with the gRPC prefix in front. */
    public static byte[] framed(PushRequest request) {
        return framed(request.toByteArray(), false);
    }

    /** Several byte strings in a row. */
    public static byte[] joined(byte[]... parts) {
        ByteString all = ByteString.empty();
        for (byte[] part : parts) {
            all = all.concat(ByteString.copyFrom(part));
        }
        return all.toByteArray();
    }
}
