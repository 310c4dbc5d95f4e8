package io.penstock.gateway.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.penstock.gateway.ingest.FakeIntake;
import io.penstock.model.RepoName;
import io.penstock.proto.ingest.v1.PushRequest;
import io.penstock.proto.ingest.v1.PushResponse;
import io.penstock.proto.ingest.v1.Receipt;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
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

/**
 * The ingest service as one would write it with Vert.x gRPC and protobuf, and none of our code:
 * what ours is held against. Repo {@code full} has no room.
 */
final class ReferenceService {
    private static final ServiceName NAME =
            ServiceName.create("penstock.ingest.v1", "IngestService");

    private final Map<String, PushResponse> seen = new HashMap<>();
    private long position = 4096;

    private ReferenceService() {}

    static Handler<HttpServerRequest> on(Vertx vertx, int maxMessageBytes) {
        ReferenceService service = new ReferenceService();
        GrpcServer server =
                GrpcServer.server(
                        vertx, new GrpcServerOptions().setMaxMessageSize(maxMessageBytes));
        server.callHandler(method("Push"), service::unary);
        server.callHandler(method("PushStream"), service::stream);
        return server;
    }

    static ServiceMethod<Buffer, Buffer> method(String name) {
        return ServiceMethod.server(
                NAME, name, GrpcMessageEncoder.IDENTITY, GrpcMessageDecoder.IDENTITY);
    }

    private void unary(GrpcServerRequest<Buffer, Buffer> call) {
        call.handler(
                message -> {
                    GrpcStatus status = push(message, call);
                    if (status != GrpcStatus.OK) {
                        call.response().status(status).end();
                    } else {
                        call.response().end();
                    }
                });
    }

    private void stream(GrpcServerRequest<Buffer, Buffer> call) {
        boolean[] ended = new boolean[1];
        call.handler(
                message -> {
                    if (ended[0]) {
                        return;
                    }
                    GrpcStatus status = push(message, call);
                    if (status != GrpcStatus.OK) {
                        ended[0] = true;
                        call.response().status(status).end();
                    }
                });
        call.endHandler(
                end -> {
                    if (!ended[0]) {
                        call.response().end();
                    }
                });
    }

    private GrpcStatus push(Buffer message, GrpcServerRequest<Buffer, Buffer> call) {
        PushRequest request;
        try {
            request = PushRequest.parseFrom(message.getBytes());
        } catch (InvalidProtocolBufferException bad) {
            return GrpcStatus.INVALID_ARGUMENT;
        }
        if (!RepoName.fault(request.getRepo()).isEmpty()
                || request.getBatch().getRecordsCount() == 0) {
            return GrpcStatus.INVALID_ARGUMENT;
        }
        if (request.getRepo().equals("full")) {
            return GrpcStatus.RESOURCE_EXHAUSTED;
        }
        call.response().write(Buffer.buffer(answer(request).toByteArray()));
        return GrpcStatus.OK;
    }

    private PushResponse answer(PushRequest request) {
        String key =
                request.getRepo() + "/" + request.getProducerId() + "/" + request.getSequence();
        PushResponse before = request.getProducerId() == 0 ? null : seen.get(key);
        if (before != null) {
            return before.toBuilder().setDuplicate(true).build();
        }
        Receipt receipt =
                Receipt.newBuilder()
                        .setRepo(request.getRepo())
                        .setNode("node-1")
                        .setEpoch(FakeIntake.EPOCH)
                        .setFirstPosition(position)
                        .setRecords(request.getBatch().getRecordsCount())
                        .build();
        position += request.getBatch().getSerializedSize() + 64;
        PushResponse response = PushResponse.newBuilder().setReceipt(receipt).build();
        seen.put(key, response);
        return response;
    }
}
