package io.penstock.gateway.grpc;

import com.google.protobuf.Descriptors.FileDescriptor;
import io.penstock.gateway.ingest.Lane;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.reflection.v1.ErrorResponse;
import io.vertx.grpc.reflection.v1.ExtensionNumberResponse;
import io.vertx.grpc.reflection.v1.FileDescriptorResponse;
import io.vertx.grpc.reflection.v1.ListServiceResponse;
import io.vertx.grpc.reflection.v1.ServerReflectionRequest;
import io.vertx.grpc.reflection.v1.ServerReflectionResponse;
import io.vertx.grpc.reflection.v1.ServiceResponse;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code grpc.reflection.v1.ServerReflection} and {@code v1alpha}, whose messages are the same on
 * the wire. Vert.x' own has no v1alpha, which is what most tools ask first, and ends the call after
 * one answer, where tools ask one question after the other.
 *
 * <p>Threading: confined to the event loop of its lane.
 */
final class Reflection {
    private static final String PACKAGE = "grpc.reflection.";
    private static final String SERVER_REFLECTION = "ServerReflection";
    private static final List<String> VERSIONS = List.of("v1", "v1alpha");

    private final Lane lane;
    private final DescriptorIndex index;

    Reflection(Lane lane, DescriptorIndex index) {
        this.lane = lane;
        this.index = index;
    }

    void bind(GrpcServer server) {
        for (String version : VERSIONS) {
            ServiceMethod<ServerReflectionRequest, ServerReflectionResponse> method =
                    ServiceMethod.server(
                            ServiceName.create(PACKAGE + version, SERVER_REFLECTION),
                            "ServerReflectionInfo",
                            GrpcMessageEncoder.encoder(),
                            GrpcMessageDecoder.decoder(ServerReflectionRequest.newBuilder()));
            server.callHandler(method, call -> new Info(call).begin());
        }
    }

    /** A conversation: any number of questions, each with an answer. */
    private final class Info
            extends ControlCall<ServerReflectionRequest, ServerReflectionResponse> {
        Info(GrpcServerRequest<ServerReflectionRequest, ServerReflectionResponse> call) {
            super(Reflection.this.lane, call);
        }

        @Override
        void asked(ServerReflectionRequest message) {
            answer(answerTo(message));
        }

        @Override
        void askedAll() {
            end(GrpcStatus.OK, null);
        }

        @Override
        boolean waitsForRequest() {
            return true;
        }

        @Override
        void look(long nowMs) {
            if (lane.node().draining()) {
                end(GrpcStatus.UNAVAILABLE, lane.node().drainingFault().message());
            }
        }
    }

    private ServerReflectionResponse answerTo(ServerReflectionRequest asked) {
        ServerReflectionResponse.Builder answer =
                ServerReflectionResponse.newBuilder()
                        .setValidHost(asked.getHost())
                        .setOriginalRequest(asked);
        switch (asked.getMessageRequestCase()) {
            case LIST_SERVICES -> answer.setListServicesResponse(services());
            case FILE_BY_FILENAME -> file(answer, index.file(asked.getFileByFilename()));
            case FILE_CONTAINING_SYMBOL ->
                    file(answer, index.fileOf(asked.getFileContainingSymbol()));
            case ALL_EXTENSION_NUMBERS_OF_TYPE ->
                    extensions(answer, asked.getAllExtensionNumbersOfType());
            // our files have no extensions
            case FILE_CONTAINING_EXTENSION -> file(answer, null);
            default -> error(answer, GrpcStatus.UNIMPLEMENTED, "unknown question");
        }
        return answer.build();
    }

    private ListServiceResponse services() {
        ListServiceResponse.Builder all = ListServiceResponse.newBuilder();
        index.services()
                .forEach(name -> all.addService(ServiceResponse.newBuilder().setName(name)));
        return all.build();
    }

    private void file(ServerReflectionResponse.Builder answer, @Nullable FileDescriptor found) {
        if (found == null) {
            error(answer, GrpcStatus.NOT_FOUND, "nothing is called so");
            return;
        }
        FileDescriptorResponse.Builder files = FileDescriptorResponse.newBuilder();
        index.withImports(found).forEach(file -> files.addFileDescriptorProto(file.toByteString()));
        answer.setFileDescriptorResponse(files);
    }

    private void extensions(ServerReflectionResponse.Builder answer, String type) {
        if (index.fileOf(type) == null) {
            error(answer, GrpcStatus.NOT_FOUND, "nothing is called so");
        } else {
            answer.setAllExtensionNumbersResponse(
                    ExtensionNumberResponse.newBuilder().setBaseTypeName(type));
        }
    }

    private static void error(
            ServerReflectionResponse.Builder answer, GrpcStatus status, String message) {
        answer.setErrorResponse(
                ErrorResponse.newBuilder().setErrorCode(status.code).setErrorMessage(message));
    }
}
