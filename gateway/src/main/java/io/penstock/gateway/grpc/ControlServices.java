package io.penstock.gateway.grpc;

import io.penstock.gateway.ingest.IngressNode;
import io.penstock.gateway.ingest.Lane;
import io.penstock.proto.ingest.v1.Ingest;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.health.HealthService;
import io.vertx.grpc.health.v1.HealthCheckRequest;
import io.vertx.grpc.health.v1.HealthCheckResponse;
import io.vertx.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.vertx.grpc.reflection.ReflectionService;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.Service;
import java.util.List;
import java.util.Set;

/**
 * The services beside the hot path, by Vert.x gRPC: health ({@code grpc.health.v1}), which says
 * NOT_SERVING while the node drains, and server reflection.
 *
 * <p>Threading: confined to the event loop of its lane.
 */
public final class ControlServices {
    private static final ServiceName INGEST =
            ServiceName.create("penstock.ingest.v1", "IngestService");

    private static final ServiceMethod<HealthCheckRequest, HealthCheckResponse> CHECK =
            ServiceMethod.server(
                    ServiceName.create("grpc.health.v1", "Health"),
                    "Check",
                    GrpcMessageEncoder.encoder(),
                    GrpcMessageDecoder.decoder(HealthCheckRequest.newBuilder()));

    /** The names that may be asked for; the empty one is the server as a whole. */
    private static final Set<String> NAMES =
            Set.of("", INGEST.fullyQualifiedName(), "grpc.health.v1.Health");

    private ControlServices() {}

    /** The services of one event loop. */
    public static Handler<HttpServerRequest> of(Lane lane) {
        GrpcServerOptions options = new GrpcServerOptions();
        List.of(GrpcProtocol.values()).forEach(options::removeEnabledProtocol);
        options.addEnabledProtocol(GrpcProtocol.HTTP_2);
        GrpcServer server = GrpcServer.server(lane.vertx(), options);
        IngressNode node = lane.node();
        // Ahead of Vert.x' own, which says SERVING for the server as a whole whatever is
        // registered.
        server.callHandler(CHECK, call -> call.handler(asked -> check(node, call, asked)));
        HealthService health = HealthService.create(lane.vertx());
        health.register(INGEST, () -> Future.succeededFuture(!node.draining()));
        server.addService(health);
        // No methods bound: it stands here for reflection to list, its calls never come this way.
        server.addService(
                Service.service(INGEST, Ingest.getDescriptor().findServiceByName("IngestService"))
                        .build());
        server.addService(ReflectionService.v1());
        return server;
    }

    private static void check(
            IngressNode node,
            GrpcServerRequest<HealthCheckRequest, HealthCheckResponse> call,
            HealthCheckRequest asked) {
        if (!NAMES.contains(asked.getService())) {
            call.response().status(GrpcStatus.NOT_FOUND).end();
            return;
        }
        ServingStatus status = node.draining() ? ServingStatus.NOT_SERVING : ServingStatus.SERVING;
        call.response().end(HealthCheckResponse.newBuilder().setStatus(status).build());
    }
}
