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
 * {@code IngestService/Push} as an empty vertx-grpc method: no decoding, no copy of its own. The
 * answer is as long as the gateway's.
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

    private EmptyPush() {}

    static GrpcServer server(Vertx vertx) {
        GrpcServerOptions options = new GrpcServerOptions().setMaxMessageSize(MAX_MESSAGE_BYTES);
        return GrpcServer.server(vertx, options).callHandler(PUSH, EmptyPush::call);
    }

    private static void call(GrpcServerRequest<Buffer, Buffer> request) {
        request.messageHandler(message -> request.response().end(ANSWER));
    }
}
