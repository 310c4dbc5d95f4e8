package io.penstock.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.penstock.gateway.ingest.DataPort;
import io.vertx.grpc.health.v1.HealthCheckRequest;
import io.vertx.grpc.health.v1.HealthCheckResponse;
import io.vertx.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.vertx.grpc.reflection.v1.ServerReflectionRequest;
import io.vertx.grpc.reflection.v1.ServerReflectionResponse;
import io.vertx.grpc.reflection.v1.ServiceResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Health and reflection answer on the data port, beside the framer. */
class ControlServicesTest {
    private static final String INGEST = "penstock.ingest.v1.IngestService";

    private DataPort port;
    private ManagedChannel channel;

    @BeforeEach
    void open() {
        port =
                new DataPort(
                        DataPort.small(),
                        1,
                        List.of(lane -> new GrpcIngress(lane, ControlServices::of)));
        channel = NettyChannelBuilder.forAddress("127.0.0.1", port.port()).usePlaintext().build();
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        port.close();
    }

    @Test
    void saysWhetherItServes() throws Exception {
        assertThat(health("")).isEqualTo(ServingStatus.SERVING);
        assertThat(health(INGEST)).isEqualTo(ServingStatus.SERVING);

        port.node().drain();

        assertThat(health("")).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(health(INGEST)).isEqualTo(ServingStatus.NOT_SERVING);
    }

    @Test
    void listsItsServicesAndDescribesThem() throws Exception {
        ServerReflectionResponse list =
                reflect(ServerReflectionRequest.newBuilder().setListServices("*").build());
        assertThat(list.getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .contains(INGEST, "grpc.health.v1.Health");

        ServerReflectionResponse file =
                reflect(
                        ServerReflectionRequest.newBuilder()
                                .setFileContainingSymbol(INGEST)
                                .build());
        assertThat(file.getFileDescriptorResponse().getFileDescriptorProtoList()).isNotEmpty();
    }

    private ServingStatus health(String service) throws Exception {
        byte[] request = HealthCheckRequest.newBuilder().setService(service).build().toByteArray();
        return HealthCheckResponse.parseFrom(call("grpc.health.v1.Health/Check", request))
                .getStatus();
    }

    private ServerReflectionResponse reflect(ServerReflectionRequest request) throws Exception {
        return ServerReflectionResponse.parseFrom(
                call(
                        "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
                        request.toByteArray()));
    }

    private byte[] call(String method, byte[] request) throws Exception {
        MethodDescriptor<byte[], byte[]> called =
                MethodDescriptor.<byte[], byte[]>newBuilder()
                        .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                        .setFullMethodName(method)
                        .setRequestMarshaller(new BytesMarshaller())
                        .setResponseMarshaller(new BytesMarshaller())
                        .build();
        ClientCall<byte[], byte[]> call = channel.newCall(called, CallOptions.DEFAULT);
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(byte[] message) {
                        answer.complete(message);
                    }

                    @Override
                    public void onClose(io.grpc.Status status, Metadata trailers) {
                        answer.completeExceptionally(status.asException());
                    }
                },
                new Metadata());
        call.request(1);
        call.sendMessage(request);
        call.halfClose();
        return answer.get(20, TimeUnit.SECONDS);
    }
}
