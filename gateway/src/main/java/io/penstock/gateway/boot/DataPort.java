package io.penstock.gateway.boot;

import com.codahale.metrics.MetricRegistry;
import io.penstock.exporter.stage.Intake;
import io.penstock.exporter.stage.StageRegistry;
import io.penstock.gateway.config.GatewayConfig;
import io.penstock.gateway.grpc.ControlServices;
import io.penstock.gateway.grpc.GrpcIngress;
import io.penstock.gateway.http.HttpIngress;
import io.penstock.gateway.ingest.IngressNode;
import io.penstock.gateway.ingest.IngressVerticle;
import io.penstock.gateway.metrics.AckCollector;
import io.penstock.gateway.metrics.TimedIntake;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The event loops of the data port. Threading: any thread. */
final class DataPort {
    private final Vertx vertx;
    private final GatewayConfig config;
    private final StageRegistry stages;
    private final IngressNode node;
    private final AckCollector acks = new AckCollector(new MetricRegistry());
    private volatile @Nullable String deployment;

    DataPort(Vertx vertx, GatewayConfig config, StageRegistry stages) {
        this.vertx = vertx;
        this.config = config;
        this.stages = stages;
        this.node = new IngressNode(config.node().id(), config.ingress());
    }

    Future<?> open() {
        int loops = config.ingress().instances();
        DeploymentOptions options =
                new DeploymentOptions()
                        .setInstances(
                                loops > 0 ? loops : Runtime.getRuntime().availableProcessors());
        return vertx.deployVerticle(this::verticle, options)
                .onSuccess(id -> deployment = id)
                .recover(
                        cause ->
                                Future.failedFuture(
                                        PortFailure.of(
                                                "ingress",
                                                config.ingress().host(),
                                                config.ingress().port(),
                                                cause)));
    }

    private IngressVerticle verticle() {
        return new IngressVerticle(
                node,
                this::newIntake,
                List.of(lane -> new GrpcIngress(lane, ControlServices::of), HttpIngress::new));
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

    IngressNode node() {
        return node;
    }

    AckCollector acks() {
        return acks;
    }
}
