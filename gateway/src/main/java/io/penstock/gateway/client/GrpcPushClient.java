package io.penstock.gateway.client;

import com.google.protobuf.InvalidProtocolBufferException;
import io.penstock.exporter.push.PushMessage;
import io.penstock.exporter.push.RetryHint;
import io.penstock.exporter.record.Encoding;
import io.penstock.proto.ingest.v1.PushResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code IngestService.Push} over one connection. Threading: any thread. */
public final class GrpcPushClient implements PushClient {
    private static final ServiceMethod<Buffer, Buffer> PUSH =
            ServiceMethod.client(
                    ServiceName.create("penstock.ingest.v1.IngestService"),
                    "Push",
                    GrpcMessageEncoder.IDENTITY,
                    GrpcMessageDecoder.IDENTITY);

    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final long CALL_TIMEOUT_MS = 60_000;

    /** The 64 KiB that HTTP/2 starts with cost half the throughput. */
    private static final int WINDOW_BYTES = 1 << 20;

    private final GrpcClient client;
    private final SocketAddress server;

    /** A client of one server; connects with the first push. */
    public GrpcPushClient(Vertx vertx, SocketAddress server) {
        HttpClientOptions http =
                new HttpClientOptions()
                        .setConnectTimeout(CONNECT_TIMEOUT_MS)
                        .setHttp2ClearTextUpgrade(false)
                        .setInitialSettings(new Http2Settings().setInitialWindowSize(WINDOW_BYTES));
        this.client = GrpcClient.client(vertx, new GrpcClientOptions(), http);
        this.server = server;
    }

    @Override
    public Future<PushAnswer> push(PushCall call) {
        if (call.batch().encoding() != Encoding.NATIVE) {
            throw new IllegalArgumentException("gRPC carries native batches only");
        }
        return client.request(server, PUSH)
                .compose(request -> send(request, call))
                .recover(cause -> Future.succeededFuture(unreachable(cause)));
    }

    private static Future<PushAnswer> send(
            GrpcClientRequest<Buffer, Buffer> request, PushCall call) {
        request.timeout(CALL_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        return request.send(encode(call)).compose(GrpcPushClient::answer);
    }

    private static Buffer encode(PushCall call) {
        byte[] batch = call.batch().bytes();
        return PushMessage.of(
                new PushMessage.Envelope(
                        call.repo(), call.producerId(), call.sequence(), call.ack()),
                batch,
                0,
                batch.length);
    }

    private static Future<PushAnswer> answer(GrpcClientResponse<Buffer, Buffer> response) {
        @Nullable Buffer[] message = new @Nullable Buffer[1];
        response.handler(received -> message[0] = received);
        // the end fails for every status but OK; what is to be done stands in the status
        return response.end()
                .transform(
                        end ->
                                end.succeeded() || response.status() != null
                                        ? Future.succeededFuture(answer(response, message[0]))
                                        : Future.failedFuture(end.cause()));
    }

    private static PushAnswer answer(
            GrpcClientResponse<Buffer, Buffer> response, @Nullable Buffer message) {
        GrpcStatus status = response.status();
        if (status == null) {
            return new PushAnswer.Again(-1, "the stream ended without a status", true);
        }
        if (status == GrpcStatus.OK && message != null) {
            return staged(message);
        }
        String why = status.name() + ": " + response.statusMessage();
        long afterMs = RetryHint.ofTrailers(response.trailers());
        return switch (status) {
            case UNAVAILABLE, DEADLINE_EXCEEDED -> new PushAnswer.Again(afterMs, why, true);
            case RESOURCE_EXHAUSTED ->
                    afterMs >= 0
                            ? new PushAnswer.Again(afterMs, why, true)
                            : new PushAnswer.Never(why);
            default -> new PushAnswer.Never(why);
        };
    }

    private static PushAnswer staged(Buffer message) {
        try {
            PushResponse response = PushResponse.parseFrom(message.getBytes());
            return new PushAnswer.Staged(
                    response.getReceipt().getRecords(),
                    response.getDuplicate(),
                    List.copyOf(response.getOwnersList()));
        } catch (InvalidProtocolBufferException garbage) {
            return new PushAnswer.Never("the answer is not a PushResponse: " + garbage);
        }
    }

    private static PushAnswer unreachable(Throwable cause) {
        return new PushAnswer.Again(-1, String.valueOf(cause.getMessage()), false);
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }
}
