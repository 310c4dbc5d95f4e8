package io.penstock.gateway.grpc;

import io.penstock.gateway.ingest.IngressNode;
import io.penstock.gateway.ingest.Lane;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.health.v1.HealthCheckRequest;
import io.vertx.grpc.health.v1.HealthCheckResponse;
import io.vertx.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.vertx.grpc.health.v1.HealthListRequest;
import io.vertx.grpc.health.v1.HealthListResponse;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code grpc.health.v1.Health}: Check, List and Watch, which say NOT_SERVING from the moment the
 * node drains. Vert.x' own says SERVING for the server as a whole whatever is registered, and tells
 * watchers the same every few seconds.
 *
 * <p>A watcher of a draining node is told so, and after a moment that the call is over: it would
 * hold up the end of the node.
 *
 * <p>Threading: confined to the event loop of its lane.
 */
final class Health {
    static final ServiceName SERVICE = ServiceName.create("grpc.health.v1", "Health");

    /** Watchers of one event loop. */
    static final int MAX_WATCHERS = 1024;

    private static final long LAST_LOOK_MS = 500;

    private static final ServiceMethod<HealthCheckRequest, HealthCheckResponse> CHECK =
            ServiceMethod.server(
                    SERVICE,
                    "Check",
                    GrpcMessageEncoder.encoder(),
                    GrpcMessageDecoder.decoder(HealthCheckRequest.newBuilder()));
    private static final ServiceMethod<HealthCheckRequest, HealthCheckResponse> WATCH =
            ServiceMethod.server(
                    SERVICE,
                    "Watch",
                    GrpcMessageEncoder.encoder(),
                    GrpcMessageDecoder.decoder(HealthCheckRequest.newBuilder()));
    private static final ServiceMethod<HealthListRequest, HealthListResponse> LIST =
            ServiceMethod.server(
                    SERVICE,
                    "List",
                    GrpcMessageEncoder.encoder(),
                    GrpcMessageDecoder.decoder(HealthListRequest.newBuilder()));

    private final Lane lane;
    private final IngressNode node;
    private final Set<String> names;
    private int watchers;

    /**
     * The health of these services.
     *
     * @param names the empty one is the server as a whole
     */
    Health(Lane lane, Set<String> names) {
        this.lane = lane;
        this.node = lane.node();
        this.names = names;
    }

    void bind(GrpcServer server) {
        server.callHandler(CHECK, call -> new Check(call).begin());
        server.callHandler(WATCH, call -> new Watch(call).begin());
        server.callHandler(LIST, call -> new Listing(call).begin());
    }

    private ServingStatus status(String service) {
        if (!names.contains(service)) {
            return ServingStatus.SERVICE_UNKNOWN;
        }
        return node.draining() ? ServingStatus.NOT_SERVING : ServingStatus.SERVING;
    }

    private HealthCheckResponse response(String service) {
        return HealthCheckResponse.newBuilder().setStatus(status(service)).build();
    }

    /** One question, one answer. */
    private abstract class Once<Q, A> extends ControlCall<Q, A> {
        Once(GrpcServerRequest<Q, A> call) {
            super(Health.this.lane, call);
        }

        @Override
        void askedAll() {
            // answered already
        }

        @Override
        boolean waitsForRequest() {
            return true;
        }

        @Override
        void look(long nowMs) {
            // nothing to say unasked
        }
    }

    private final class Check extends Once<HealthCheckRequest, HealthCheckResponse> {
        Check(GrpcServerRequest<HealthCheckRequest, HealthCheckResponse> call) {
            super(call);
        }

        @Override
        void asked(HealthCheckRequest message) {
            if (!names.contains(message.getService())) {
                end(GrpcStatus.NOT_FOUND, "unknown service");
                return;
            }
            answer(response(message.getService()));
            end(GrpcStatus.OK, null);
        }
    }

    private final class Listing extends Once<HealthListRequest, HealthListResponse> {
        Listing(GrpcServerRequest<HealthListRequest, HealthListResponse> call) {
            super(call);
        }

        @Override
        void asked(HealthListRequest message) {
            HealthListResponse.Builder all = HealthListResponse.newBuilder();
            names.forEach(name -> all.putStatuses(name, response(name)));
            answer(all.build());
            end(GrpcStatus.OK, null);
        }
    }

    private final class Watch extends ControlCall<HealthCheckRequest, HealthCheckResponse> {
        private @Nullable String service;
        private @Nullable ServingStatus said;
        private long saidMs;

        Watch(GrpcServerRequest<HealthCheckRequest, HealthCheckResponse> call) {
            super(Health.this.lane, call);
        }

        @Override
        void asked(HealthCheckRequest message) {
            if (service != null) {
                end(GrpcStatus.INTERNAL, "Watch takes one request, a second one came");
            } else if (watchers >= MAX_WATCHERS) {
                end(GrpcStatus.RESOURCE_EXHAUSTED, "too many watch already");
            } else {
                watchers++;
                service = message.getService();
                look(lane.nowMs());
            }
        }

        @Override
        void askedAll() {
            // a watcher says nothing more
        }

        @Override
        boolean waitsForRequest() {
            return service == null;
        }

        @Override
        void look(long nowMs) {
            String watched = service;
            if (watched == null) {
                return;
            }
            ServingStatus now = status(watched);
            if (now != said) {
                said = now;
                saidMs = nowMs;
                answer(response(watched));
            } else if (node.draining() && nowMs - saidMs > LAST_LOOK_MS) {
                end(GrpcStatus.UNAVAILABLE, node.drainingFault().message());
            }
        }

        @Override
        void ended() {
            if (service != null) {
                watchers--;
            }
        }
    }
}
