package io.penstock.perf.load;

import io.penstock.proto.ingest.v1.PushRequest;
import io.penstock.proto.ingest.v1.PushResponse;
import io.penstock.proto.record.v1.RecordBatch;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A server that parses every request and holds each producer to its sequence, with the small
 * windows of the standard. It refuses now and then, sometimes before it has read the request.
 */
final class CheckingServer implements AutoCloseable {
    private static final ServiceMethod<Buffer, Buffer> PUSH =
            ServiceMethod.server(
                    ServiceName.create("penstock.ingest.v1.IngestService"),
                    "Push",
                    GrpcMessageEncoder.IDENTITY,
                    GrpcMessageDecoder.IDENTITY);

    private static final ServiceMethod<Buffer, Buffer> EXPORT =
            ServiceMethod.server(
                    ServiceName.create("opentelemetry.proto.collector.logs.v1.LogsService"),
                    "Export",
                    GrpcMessageEncoder.IDENTITY,
                    GrpcMessageDecoder.IDENTITY);

    private final Vertx vertx = Vertx.vertx();
    private final SplittableRandom random;
    private final Map<Long, Long> sequences = new HashMap<>();
    private final AtomicLong records = new AtomicLong();
    private final AtomicReference<String> fault = new AtomicReference<>("");
    private final HttpServer server;

    CheckingServer(long seed) throws TimeoutException {
        random = new SplittableRandom(seed);
        GrpcServerOptions limits = new GrpcServerOptions().setMaxMessageSize(8 << 20);
        GrpcServer grpc =
                GrpcServer.server(vertx, limits)
                        .callHandler(PUSH, this::push)
                        .callHandler(EXPORT, this::export);
        server =
                vertx.createHttpServer(new HttpServerOptions())
                        .requestHandler(
                                request -> {
                                    String type = request.getHeader("content-type");
                                    if (type.equals("application/grpc")) {
                                        grpc.handle(request);
                                    } else {
                                        post(request);
                                    }
                                })
                        .listen(0, "127.0.0.1")
                        .await(20, TimeUnit.SECONDS);
    }

    int port() {
        return server.actualPort();
    }

    long records() {
        return records.get();
    }

    String fault() {
        return String.valueOf(fault.get());
    }

    private void push(GrpcServerRequest<Buffer, Buffer> call) {
        call.messageHandler(
                message -> {
                    if (random.nextInt(10) == 0) {
                        call.response().status(GrpcStatus.UNAVAILABLE).end();
                        return;
                    }
                    try {
                        PushRequest request = PushRequest.parseFrom(message.payload().getBytes());
                        staged(
                                request.getProducerId(),
                                request.getSequence(),
                                request.getBatch().getRecordsCount());
                    } catch (Exception e) {
                        fault.set(e.toString());
                    }
                    byte[] answer = PushResponse.getDefaultInstance().toByteArray();
                    call.response().end(Buffer.buffer(answer));
                });
    }

    /** OTLP has no sequences to check. */
    private void export(GrpcServerRequest<Buffer, Buffer> call) {
        call.messageHandler(
                message -> {
                    if (random.nextInt(10) == 0) {
                        call.response().status(GrpcStatus.UNAVAILABLE).end();
                    } else {
                        call.response().end(Buffer.buffer());
                    }
                });
    }

    private void post(HttpServerRequest request) {
        int luck = random.nextInt(10);
        if (luck == 0) {
            refuse(request); // the body is on its way, and the transport drops it
            return;
        }
        request.body()
                .onSuccess(
                        body -> {
                            if (luck == 1) {
                                refuse(request);
                                return;
                            }
                            try {
                                RecordBatch batch = RecordBatch.parseFrom(body.getBytes());
                                staged(
                                        Long.parseUnsignedLong(
                                                request.getHeader("Penstock-Producer"), 16),
                                        Long.parseLong(request.getHeader("Penstock-Sequence")),
                                        batch.getRecordsCount());
                            } catch (Exception e) {
                                fault.set(e.toString());
                            }
                            request.response().end("{}");
                        });
    }

    private static void refuse(HttpServerRequest request) {
        request.response()
                .setStatusCode(429)
                .putHeader("Retry-After", "1")
                .putHeader("Penstock-Retry-After-Ms", "3")
                .end("full");
    }

    private void staged(long producer, long sequence, int count) {
        long last = sequences.getOrDefault(producer, 0L);
        if (sequence != last + 1) {
            fault.set("producer " + producer + " sent " + sequence + " behind " + last);
        }
        sequences.put(producer, sequence);
        records.addAndGet(count);
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(20, TimeUnit.SECONDS);
    }
}
