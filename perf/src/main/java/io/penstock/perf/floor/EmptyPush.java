package io.penstock.perf.floor;

import io.penstock.proto.ingest.v1.PushResponse;
import io.penstock.proto.ingest.v1.Receipt;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;

/**
 * {@code IngestService/Push} and {@code LogsService/Export} of OTLP as empty vertx-grpc methods: no
 * decoding, no copy of their own. The answers are as long as the gateway's.
 */
final class EmptyPush {
    private static final int MAX_MESSAGE_BYTES = 64 << 20;
    private static final Buffer ANSWER =
            Buffer.buffer(
                    PushResponse.newBuilder()
                            .setReceipt(
                                    Receipt.newBuilder()
                                            .setRepo("floor")
                                            .setNode("floor")
                                            .setEpoch(1)
                                            .setFirstPosition(1L << 33)
                                            .setRecords(303))
                            .build()
                            .toByteArray());

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

    private EmptyPush() {}

    static GrpcServer server(Vertx vertx) {
        GrpcServerOptions options = new GrpcServerOptions().setMaxMessageSize(MAX_MESSAGE_BYTES);
        return GrpcServer.server(vertx, options)
                .callHandler(PUSH, request -> answer(request, ANSWER))
                .callHandler(EXPORT, request -> answer(request, Buffer.buffer()));
    }

    private static void answer(GrpcServerRequest<Buffer, Buffer> request, Buffer answer) {
        request.messageHandler(message -> request.response().end(answer));
    }
}
