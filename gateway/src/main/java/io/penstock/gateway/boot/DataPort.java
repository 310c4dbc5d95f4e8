package io.penstock.gateway.boot;

import com.codahale.metrics.MetricRegistry;
import io.penstock.exporter.stage.Intake;
import io.penstock.exporter.stage.StageRegistry;
import io.penstock.gateway.config.GatewayConfig;
import io.penstock.gateway.door.mount.Doors;
import io.penstock.gateway.door.mount.DoorsConfig;
import io.penstock.gateway.grpc.ControlServices;
import io.penstock.gateway.grpc.GrpcIngress;
import io.penstock.gateway.http.HttpIngress;
import io.penstock.gateway.ingest.BindException;
import io.penstock.gateway.ingest.IngressNode;
import io.penstock.gateway.ingest.IngressVerticle;
import io.penstock.gateway.metrics.AckCollector;
import io.penstock.gateway.metrics.TimedIntake;
import io.penstock.gateway.otlp.OtlpConfig;
import io.penstock.gateway.tls.TlsPort;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The event loops of the data port. Threading: any thread. */
final class DataPort {
    // Places among the node's ports; see IngressNode.
    private static final int OTLP_GRPC = 1;
    private static final int OTLP_HTTP = 2;

    private final Vertx vertx;
    private final GatewayConfig config;
    private final StageRegistry stages;
    private final TlsPort tls;
    private final IngressNode node;

    /** Place of the first door's port. */
    private final int doorPlace;

    private final AckCollector acks = new AckCollector(new MetricRegistry());
    private volatile @Nullable String deployment;

    DataPort(Vertx vertx, GatewayConfig config, StageRegistry stages, TlsPort tls) {
        this.tls = tls;
        this.vertx = vertx;
        this.config = config;
        this.stages = stages;
        OtlpConfig otlp = config.otlp();
        List<Integer> ports = new ArrayList<>();
        if (otlp.listen()) {
            ports.addAll(List.of(otlp.grpcPort(), otlp.httpPort()));
        }
        this.doorPlace = 1 + ports.size();
        config.doors().ports().forEach(door -> ports.add(door.port()));
        this.node = new IngressNode(config.node().id(), config.ingress(), ports);
    }

    Future<?> open() {
        int loops = config.ingress().instances();
        DeploymentOptions options =
                new DeploymentOptions()
                        .setInstances(
                                loops > 0 ? loops : Runtime.getRuntime().availableProcessors());
        return vertx.deployVerticle(this::verticle, options)
                .onSuccess(id -> deployment = id)
                .recover(cause -> Future.failedFuture(failure(cause)));
    }

    private StartException failure(Throwable cause) {
        String host = config.ingress().host();
        if (!(cause instanceof BindException refused)) {
            return PortFailure.of("ingress", host, config.ingress().port(), cause);
        }
        Throwable why = refused.getCause() == null ? refused : refused.getCause();
        if (refused.place() >= doorPlace) {
            DoorsConfig.Port door = config.doors().ports().get(refused.place() - doorPlace);
            return PortFailure.ofKey(door.key(), host, door.port(), why);
        }
        return switch (refused.place()) {
            case OTLP_GRPC ->
                    PortFailure.ofKey("otlp.grpc_port", host, config.otlp().grpcPort(), why);
            case OTLP_HTTP ->
                    PortFailure.ofKey("otlp.http_port", host, config.otlp().httpPort(), why);
            default -> PortFailure.of("ingress", host, config.ingress().port(), why);
        };
    }

    private IngressVerticle verticle() {
        return new IngressVerticle(
                node,
                tls,
                this::newIntake,
                List.of(
                        lane -> new GrpcIngress(lane, ControlServices::of, config.otlp()),
                        lane -> new Doors(lane, config.doors()),
                        lane -> new HttpIngress(lane, config.otlp())));
    }

    /** Called on the event loop that the intake will serve. */
    private Intake newIntake() {
        return new TimedIntake(stages.newIntake(vertx.getOrCreateContext()), acks.histograms());
    }

    /** Refuses new requests, answers those under way, closes the connections. */
    Future<?> close() {
        node.drain();
        String deployed = deployment;
        return deployed == null ? Future.succeededFuture() : vertx.undeploy(deployed);
    }

    /** The ports for OTLP alone, gRPC and HTTP; none unless the configuration says so. */
    List<Integer> otlpPorts() {
        return config.otlp().listen()
                ? List.of(node.port(OTLP_GRPC), node.port(OTLP_HTTP))
                : List.of();
    }

    /** The ports of single doors, in the order of {@link DoorsConfig#ports}. */
    List<Integer> doorPorts() {
        int doors = config.doors().ports().size();
        return IntStream.range(doorPlace, doorPlace + doors).mapToObj(node::port).toList();
    }

    IngressNode node() {
        return node;
    }

    AckCollector acks() {
        return acks;
    }
}
