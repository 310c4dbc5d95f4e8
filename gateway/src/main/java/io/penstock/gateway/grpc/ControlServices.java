package io.penstock.gateway.grpc;

import io.penstock.gateway.ingest.IngressNode;
import io.penstock.gateway.ingest.Lane;
import io.penstock.proto.ingest.v1.Ingest;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.health.HealthService;
import io.vertx.grpc.reflection.ReflectionService;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.Service;
import java.util.List;

/**
 * The services beside the hot path, by Vert.x gRPC: health ({@code grpc.health.v1}), which says
 * NOT_SERVING while the node drains, and server reflection.
 */
public final class ControlServices {
    private static final ServiceName INGEST =
            ServiceName.create("penstock.ingest.v1", "IngestService");

    /** The name under which the health protocol asks for the server as a whole. */
    private static final String WHOLE_SERVER = "";

    private ControlServices() {}

    /** The services of one event loop. */
    public static Handler<HttpServerRequest> of(Lane lane) {
        GrpcServerOptions options = new GrpcServerOptions();
        List.of(GrpcProtocol.values()).forEach(options::removeEnabledProtocol);
        options.addEnabledProtocol(GrpcProtocol.HTTP_2);
        GrpcServer server = GrpcServer.server(lane.vertx(), options);
        IngressNode node = lane.node();
        HealthService health = HealthService.create(lane.vertx());
        health.register(WHOLE_SERVER, () -> Future.succeededFuture(!node.draining()));
        health.register(INGEST, () -> Future.succeededFuture(!node.draining()));
        server.addService(health);
        // No methods bound: it stands here for reflection to list, its calls never come this way.
        server.addService(
                Service.service(INGEST, Ingest.getDescriptor().findServiceByName("IngestService"))
                        .build());
        server.addService(ReflectionService.v1());
        return server;
    }
}
