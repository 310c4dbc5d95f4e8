package io.penstock.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.penstock.gateway.ingest.DataPort;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.grpc.health.v1.HealthCheckRequest;
import io.vertx.grpc.health.v1.HealthCheckResponse;
import io.vertx.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.vertx.grpc.health.v1.HealthListResponse;
import io.vertx.grpc.reflection.v1.ServerReflectionRequest;
import io.vertx.grpc.reflection.v1.ServerReflectionResponse;
import io.vertx.grpc.reflection.v1.ServiceResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health and reflection answer on the data port, beside the framer. */
class ControlServicesTest {
    private static final String INGEST = "penstock.ingest.v1.IngestService";
    private static final String LOGS = "opentelemetry.proto.collector.logs.v1.LogsService";

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
    void watchersHearWhenTheNodeDrainsAndThenThatItIsOver() throws Exception {
        Heard heard = open("grpc.health.v1.Health/Watch", CallOptions.DEFAULT);
        heard.ask(HealthCheckRequest.newBuilder().setService(INGEST).build().toByteArray());
        assertThat(HealthCheckResponse.parseFrom(heard.next()).getStatus())
                .isEqualTo(ServingStatus.SERVING);

        port.node().drain();

        assertThat(HealthCheckResponse.parseFrom(heard.next()).getStatus())
                .isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(heard.end()).isEqualTo(io.grpc.Status.Code.UNAVAILABLE);
    }

    @Test
    void watchersOfAnUnknownServiceAreToldSoAndGoOnWatching() throws Exception {
        Heard heard = open("grpc.health.v1.Health/Watch", CallOptions.DEFAULT);
        heard.ask(HealthCheckRequest.newBuilder().setService("who").build().toByteArray());
        assertThat(HealthCheckResponse.parseFrom(heard.next()).getStatus())
                .isEqualTo(ServingStatus.SERVICE_UNKNOWN);
        assertThat(heard.closed()).isFalse();
    }

    @Test
    void listsTheHealthOfAllServices() throws Exception {
        byte[] answer = call("grpc.health.v1.Health/List", new byte[0]);
        assertThat(HealthListResponse.parseFrom(answer).getStatusesMap())
                .containsKeys("", INGEST, LOGS)
                .allSatisfy(
                        (name, health) ->
                                assertThat(health.getStatus()).isEqualTo(ServingStatus.SERVING));
    }

    @Test
    void aTimeoutIsHonouredByCallsThatHaveNoEndOfTheirOwn() throws Exception {
        for (String method :
                List.of(
                        "grpc.health.v1.Health/Watch",
                        "grpc.health.v1.Health/Check",
                        "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
                        "penstock.ingest.v1.IngestService/PushStream",
                        "penstock.ingest.v1.IngestService/Push")) {
            HttpClientRequest request =
                    RawCall.open(
                            port.client(HttpVersion.HTTP_2), "/" + method, "grpc-timeout", "300m");
            Future<RawCall.Answer> answer = RawCall.answer(request);
            // a watcher waits for a change; the others have not said anything yet
            request.sendHead();
            if (method.endsWith("Watch")) {
                request.write(Buffer.buffer(new byte[5]));
            }

            assertThat(DataPort.await(answer).status())
                    .as(method)
                    .isEqualTo(Status.DEADLINE_EXCEEDED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v1alpha"})
    void listsItsServicesAndDescribesThemInOneCall(String version) throws Exception {
        Heard heard =
                open(
                        "grpc.reflection." + version + ".ServerReflection/ServerReflectionInfo",
                        CallOptions.DEFAULT);
        ServerReflectionResponse list =
                heard.reflect(ServerReflectionRequest.newBuilder().setListServices("*"));
        assertThat(list.getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .containsExactlyInAnyOrder(
                        INGEST,
                        LOGS,
                        "opentelemetry.proto.collector.metrics.v1.MetricsService",
                        "opentelemetry.proto.collector.trace.v1.TraceService",
                        "grpc.health.v1.Health",
                        "grpc.reflection.v1.ServerReflection");

        for (ServiceResponse service : list.getListServicesResponse().getServiceList()) {
            ServerReflectionResponse file =
                    heard.reflect(
                            ServerReflectionRequest.newBuilder()
                                    .setFileContainingSymbol(service.getName()));
            assertThat(described(file)).as(service.getName()).contains(service.getName());
        }
        assertThat(
                        heard.reflect(
                                        ServerReflectionRequest.newBuilder()
                                                .setFileContainingSymbol(
                                                        "penstock.peer.v1.PeerService"))
                                .hasErrorResponse())
                .isTrue();
        heard.finish();
        assertThat(heard.end()).isEqualTo(io.grpc.Status.Code.OK);
    }

    /** Builds what was sent, as a tool would, and lists its services. */
    private static List<String> described(ServerReflectionResponse response) throws Exception {
        List<FileDescriptorProto> files = new ArrayList<>();
        for (ByteString bytes : response.getFileDescriptorResponse().getFileDescriptorProtoList()) {
            files.add(0, FileDescriptorProto.parseFrom(bytes));
        }
        Map<String, FileDescriptor> built = new HashMap<>();
        while (built.size() < files.size()) {
            int before = built.size();
            for (FileDescriptorProto file : files) {
                if (built.keySet().containsAll(file.getDependencyList())) {
                    built.put(
                            file.getName(),
                            FileDescriptor.buildFrom(
                                    file,
                                    file.getDependencyList().stream()
                                            .map(built::get)
                                            .toArray(FileDescriptor[]::new)));
                }
            }
            assertThat(built.size()).as("files that can be built").isGreaterThan(before);
        }
        return built.values().stream()
                .flatMap(file -> file.getServices().stream())
                .map(Descriptors.ServiceDescriptor::getFullName)
                .toList();
    }

    @Test
    void compressedQuestionsAreRefused() {
        Heard heard =
                open("grpc.health.v1.Health/Check", CallOptions.DEFAULT.withCompression("gzip"));
        heard.ask(new byte[0]);
        assertThat(heard.end()).isEqualTo(io.grpc.Status.Code.UNIMPLEMENTED);
    }

    private ServingStatus health(String service) throws Exception {
        byte[] request = HealthCheckRequest.newBuilder().setService(service).build().toByteArray();
        return HealthCheckResponse.parseFrom(call("grpc.health.v1.Health/Check", request))
                .getStatus();
    }

    private byte[] call(String method, byte[] request) throws Exception {
        Heard heard = open(method, CallOptions.DEFAULT);
        heard.ask(request);
        heard.finish();
        return heard.next();
    }

    private Heard open(String method, CallOptions options) {
        MethodDescriptor<byte[], byte[]> called =
                MethodDescriptor.<byte[], byte[]>newBuilder()
                        .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                        .setFullMethodName(method)
                        .setRequestMarshaller(new BytesMarshaller())
                        .setResponseMarshaller(new BytesMarshaller())
                        .build();
        ClientCall<byte[], byte[]> call = channel.newCall(called, options);
        Heard heard = new Heard(call);
        call.start(heard, new Metadata());
        call.request(1000);
        call.setMessageCompression(true);
        return heard;
    }

    /** A call of grpc-java, which is not ours, and what came of it. */
    private static final class Heard extends ClientCall.Listener<byte[]> {
        private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
        private final CompletableFuture<io.grpc.Status.Code> end = new CompletableFuture<>();
        private final ClientCall<byte[], byte[]> call;

        Heard(ClientCall<byte[], byte[]> call) {
            this.call = call;
        }

        @Override
        public void onMessage(byte[] message) {
            messages.add(message);
        }

        @Override
        public void onClose(io.grpc.Status status, Metadata trailers) {
            end.complete(status.getCode());
        }

        void ask(byte[] message) {
            call.sendMessage(message);
        }

        void finish() {
            call.halfClose();
        }

        byte[] next() throws InterruptedException {
            byte[] message = messages.poll(20, TimeUnit.SECONDS);
            assertThat(message).as("a message; the call: %s", end).isNotNull();
            return message;
        }

        ServerReflectionResponse reflect(ServerReflectionRequest.Builder question)
                throws Exception {
            ask(question.build().toByteArray());
            return ServerReflectionResponse.parseFrom(next());
        }

        boolean closed() {
            return end.isDone();
        }

        io.grpc.Status.Code end() {
            return end.orTimeout(20, TimeUnit.SECONDS).join();
        }
    }
}
