package io.penstock.gateway.endtoend;

import io.penstock.client.Batch;
import io.penstock.client.Form;
import io.penstock.client.PenstockClient;
import io.penstock.client.Pusher;
import io.penstock.exporter.record.BatchBuilder;
import io.penstock.exporter.record.BatchBuilder.FieldType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Pushes records with the numbers {@code from} to {@code to - 1} in a field {@code n}. */
final class NumberedPush {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long START_NANOS = 1_700_000_000_000_000_000L;

    private NumberedPush() {}

    /** In RecordBatches. */
    static void asBatches(int port, String repo, int from, int to, int each) throws Exception {
        try (PenstockClient client = client(port)) {
            Pusher pusher = new Pusher(client, repo);
            for (int n = from; n < to; n += each) {
                int end = Math.min(to, n + each);
                BatchBuilder batch = new BatchBuilder();
                int field = batch.field("n", FieldType.INT64);
                for (int i = n; i < end; i++) {
                    batch.startRecord(START_NANOS + i);
                    batch.intValue(field, i);
                    batch.endRecord();
                }
                pusher.push(new Batch(Form.NATIVE, batch.build(), end - n));
            }
            pusher.finish();
        }
    }

    /** In lines of JSON. */
    static void asLines(int port, String repo, int from, int to, int each) throws Exception {
        try (PenstockClient client = client(port)) {
            Pusher pusher = new Pusher(client, repo);
            for (int n = from; n < to; n += each) {
                int end = Math.min(to, n + each);
                StringBuilder lines = new StringBuilder();
                for (int i = n; i < end; i++) {
                    lines.append("{\"n\":").append(i).append("}\n");
                }
                byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
                pusher.push(new Batch(Form.NDJSON, body, end - n));
            }
            pusher.finish();
        }
    }

    private static PenstockClient client(int port) {
        return PenstockClient.builder()
                .endpoint("127.0.0.1:" + port)
                .deadline(PATIENCE)
                .followOwners(false)
                .close(Duration.ZERO)
                .build();
    }
}
