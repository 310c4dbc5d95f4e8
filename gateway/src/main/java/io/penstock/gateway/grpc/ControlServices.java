package io.penstock.gateway.grpc;

import io.penstock.gateway.ingest.Lane;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The services beside the hot path, over Vert.x gRPC: health ({@code grpc.health.v1}), which says
 * NOT_SERVING while the node drains, and server reflection (v1 and v1alpha).
 *
 * <p>Threading: confined to the event loop of its lane.
 */
public final class ControlServices {
    /** Longest message that these services take; their questions are names. */
    private static final int MAX_MESSAGE_BYTES = 16 << 10;

    private ControlServices() {}

    /** The services of one event loop. */
    public static Handler<HttpServerRequest> of(Lane lane) {
        GrpcServerOptions options = new GrpcServerOptions().setMaxMessageSize(MAX_MESSAGE_BYTES);
        List.of(GrpcProtocol.values()).forEach(options::removeEnabledProtocol);
        options.addEnabledProtocol(GrpcProtocol.HTTP_2);
        GrpcServer server = GrpcServer.server(lane.vertx(), options);
        Set<String> names = new TreeSet<>(DescriptorIndex.DATA_PORT.services());
        names.add("");
        new Health(lane, names).bind(server);
        new Reflection(lane, DescriptorIndex.DATA_PORT).bind(server);
        return server;
    }
}
