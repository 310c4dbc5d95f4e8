package io.penstock.gateway.endtoend;

import io.penstock.exporter.record.BatchBuilder;
import io.penstock.exporter.record.BatchBuilder.FieldType;
import io.penstock.exporter.record.Encoding;
import io.penstock.gateway.client.GrpcPushClient;
import io.penstock.gateway.client.HttpPushClient;
import io.penstock.gateway.client.ProducerIdentity;
import io.penstock.gateway.client.PushCall.Batch;
import io.penstock.gateway.client.PushClient;
import io.penstock.gateway.client.Pusher;
import io.penstock.model.AckLevel;
import io.penstock.model.RepoName;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Pushes records with the numbers {@code from} to {@code to - 1} in a field {@code n}. */
final class NumberedPush {

    private static final long PATIENCE_MS = 60_000;
    private static final long START_NANOS = 1_700_000_000_000_000_000L;

    private NumberedPush() {}

    /** In RecordBatches over gRPC. */
    static void overGrpc(int port, String repo, int from, int to, int each) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Pusher pusher = pusher(vertx, new GrpcPushClient(vertx, at(port)), repo);
            for (int n = from; n < to; n += each) {
                int end = Math.min(to, n + each);
                BatchBuilder batch = new BatchBuilder();
                int field = batch.field("n", FieldType.INT64);
                for (int i = n; i < end; i++) {
                    batch.startRecord(START_NANOS + i);
                    batch.intValue(field, i);
                    batch.endRecord();
                }
                pusher.push(new Batch(Encoding.NATIVE, batch.build(), end - n));
            }
            pusher.finish();
        } finally {
            vertx.close().await(20, TimeUnit.SECONDS);
        }
    }

    /** In lines of JSON over HTTP. */
    static void asLines(int port, String repo, int from, int to, int each) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Pusher pusher = pusher(vertx, new HttpPushClient(vertx, at(port)), repo);
            for (int n = from; n < to; n += each) {
                int end = Math.min(to, n + each);
                StringBuilder lines = new StringBuilder();
                for (int i = n; i < end; i++) {
                    lines.append("{\"n\":").append(i).append("}\n");
                }
                byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
                pusher.push(new Batch(Encoding.NDJSON, body, end - n));
            }
            pusher.finish();
        } finally {
            vertx.close().await(20, TimeUnit.SECONDS);
        }
    }

    private static SocketAddress at(int port) {
        return SocketAddress.inetSocketAddress(port, "127.0.0.1");
    }

    private static Pusher pusher(Vertx vertx, PushClient client, String repo) {
        Pusher.Terms terms =
                new Pusher.Terms(
                        new RepoName(repo),
                        ProducerIdentity.fresh(),
                        AckLevel.STAGED,
                        8,
                        PATIENCE_MS);
        return new Pusher(vertx, client, terms, ns -> {});
    }
}
