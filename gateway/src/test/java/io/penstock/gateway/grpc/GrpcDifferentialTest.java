package io.penstock.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.penstock.exporter.stage.Refusal;
import io.penstock.gateway.ingest.Batches;
import io.penstock.gateway.ingest.DataPort;
import io.penstock.gateway.ingest.FakeIntake;
import io.penstock.model.RepoName;
import io.penstock.proto.ingest.v1.PushRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The same calls, by Vert.x' client and by grpc-java, to our framer and to the same service written
 * with Vert.x gRPC: the same statuses and the same bytes come back.
 */
class GrpcDifferentialTest {
    private static final int MAX_MESSAGE_BYTES = 1 << 20;
    private static final ServiceName SERVICE =
            ServiceName.create("penstock.ingest.v1", "IngestService");

    /** What a client saw. */
    private record Seen(int status, List<Buffer> responses) {}

    private DataPort ours;
    private HttpServer reference;

    @BeforeEach
    void open() {
        ours =
                new DataPort(
                        DataPort.small(),
                        1,
                        List.of(lane -> new GrpcIngress(lane, ControlServices::of)));
        reference =
                DataPort.await(
                        ours.vertx()
                                .createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                                .requestHandler(
                                        ReferenceService.on(ours.vertx(), MAX_MESSAGE_BYTES))
                                .listen(0, "127.0.0.1"));
    }

    @AfterEach
    void close() {
        ours.close();
    }

    @Test
    void bothAnswerTheSame() throws Exception {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        List<List<PushRequest>> streams = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            List<PushRequest> stream = new ArrayList<>();
            for (int j = random.nextInt(8); j >= 0; j--) {
                stream.add(request(random));
            }
            streams.add(stream);
        }
        for (List<PushRequest> stream : streams) {
            String what = "seed " + seed + ", " + stream.size() + " requests";
            compare(what, "PushStream", stream);
            compare(what, "Push", stream.subList(0, 1));
        }
    }

    private static PushRequest request(SplittableRandom random) {
        PushRequest.Builder request =
                Batches.request("web-" + random.nextInt(3)).toBuilder()
                        .setBatch(Batches.batch(1 + random.nextInt(40), random.nextInt(3000)));
        if (random.nextInt(3) == 0) {
            request.setProducerId(1 + random.nextInt(2)).setSequence(1 + random.nextInt(4));
        }
        switch (random.nextInt(12)) {
            case 0 -> request.setRepo("../up");
            case 1 -> request.clearBatch();
            case 2 -> request.setBatch(Batches.batch(30, 60_000));
            default -> request.setAckValue(random.nextInt(4));
        }
        return request.build();
    }

    @Test
    void bothSayNoRoom() throws Exception {
        ours.intake().refuse(new Refusal.Full(new RepoName("full"), 10, "full"));

        compare("full", "Push", List.of(Batches.request("full")));
        compare("full", "PushStream", List.of(Batches.request("full"), Batches.request("full")));
    }

    @Test
    void bothKnowNoOtherMethod() throws Exception {
        compare("unknown", "Pull", List.of(Batches.request("web")));
    }

    @Test
    void bothEndAnEmptyStream() throws Exception {
        compare("empty", "PushStream", List.of());
    }

    private void compare(String what, String method, List<PushRequest> requests) throws Exception {
        Seen expected = byVertx(reference.actualPort(), method, requests);
        assertThat(byVertx(ours.port(), method, requests)).as(what).isEqualTo(expected);
        Seen expectedByJava = byJava(reference.actualPort(), method, requests, false);
        assertThat(byJava(ours.port(), method, requests, false)).as(what).isEqualTo(expectedByJava);
        // What we limit after inflating too, and the reference does not, is left out.
        if (requests.stream().allMatch(r -> r.getSerializedSize() < MAX_MESSAGE_BYTES)) {
            Seen packed = byJava(reference.actualPort(), method, requests, true);
            assertThat(byJava(ours.port(), method, requests, true)).as(what).isEqualTo(packed);
        }
        assertThat(expectedByJava.status()).as(what).isEqualTo(expected.status());
    }

    private Seen byVertx(int port, String method, List<PushRequest> requests) {
        GrpcClient client = GrpcClient.client(ours.vertx());
        ServiceMethod<Buffer, Buffer> called =
                ServiceMethod.client(
                        SERVICE, method, GrpcMessageEncoder.IDENTITY, GrpcMessageDecoder.IDENTITY);
        Promise<Seen> seen = Promise.promise();
        // All on one event loop, or an answer may come before anybody listens.
        ours.vertx()
                .runOnContext(
                        now ->
                                client.request(
                                                SocketAddress.inetSocketAddress(port, "127.0.0.1"),
                                                called)
                                        .compose(request -> send(request, requests))
                                        .compose(GrpcDifferentialTest::whole)
                                        .onComplete(seen));
        Seen answer = DataPort.await(seen.future());
        DataPort.await(client.close());
        return answer;
    }

    private static Future<GrpcClientResponse<Buffer, Buffer>> send(
            GrpcClientRequest<Buffer, Buffer> call, List<PushRequest> requests) {
        for (PushRequest one : requests) {
            call.write(Buffer.buffer(one.toByteArray()));
        }
        call.end();
        return call.response();
    }

    private static Future<Seen> whole(GrpcClientResponse<Buffer, Buffer> response) {
        List<Buffer> responses = new ArrayList<>();
        Promise<Seen> done = Promise.promise();
        response.handler(responses::add);
        response.endHandler(end -> done.complete(new Seen(response.status().code, responses)));
        response.exceptionHandler(done::tryFail);
        return done.future();
    }

    private static Seen byJava(int port, String method, List<PushRequest> requests, boolean gzip)
            throws Exception {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try {
            MethodDescriptor<byte[], byte[]> called =
                    MethodDescriptor.<byte[], byte[]>newBuilder()
                            .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                            .setFullMethodName("penstock.ingest.v1.IngestService/" + method)
                            .setRequestMarshaller(new BytesMarshaller())
                            .setResponseMarshaller(new BytesMarshaller())
                            .build();
            CallOptions options =
                    gzip ? CallOptions.DEFAULT.withCompression("gzip") : CallOptions.DEFAULT;
            ClientCall<byte[], byte[]> call = channel.newCall(called, options);
            Listener listener = new Listener();
            call.start(listener, new Metadata());
            call.request(Integer.MAX_VALUE);
            for (PushRequest one : requests) {
                call.sendMessage(one.toByteArray());
            }
            call.halfClose();
            return listener.done.get(20, TimeUnit.SECONDS);
        } finally {
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    private static final class Listener extends ClientCall.Listener<byte[]> {
        private final CompletableFuture<Seen> done = new CompletableFuture<>();
        private final List<Buffer> responses = new ArrayList<>();

        @Override
        public void onMessage(byte[] message) {
            responses.add(Buffer.buffer(message));
        }

        @Override
        public void onClose(io.grpc.Status status, Metadata trailers) {
            Code code = status.getCode();
            done.complete(new Seen(code.value(), responses));
        }
    }

    /** The reference numbers positions as the fake does. */
    @Test
    void theFakesAgree() throws Exception {
        assertThat(FakeIntake.EPOCH).isNotZero();
        compare("first", "Push", List.of(Batches.request("web")));
    }
}
