package io.penstock.perf.floor;

import io.penstock.exporter.fanout.SinkRegistry;
import io.penstock.gateway.config.ConfigLoader;
import io.penstock.gateway.ingest.IngressConfig;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts the floor: {@code FloorServer PORT}; 0 takes a free one. */
public final class FloorServer {
    /** Begins the line that says where it listens; the port follows. */
    public static final String LISTENING = "floor listening on ";

    /** Vert.x: a free port, the same for all instances that ask with this number. */
    private static final int ANY_SHARED = -1;

    private static final int START_WITHIN_S = 30;

    private FloorServer() {}

    /** Listens until the process ends. */
    public static void main(String[] args) throws Exception {
        IngressConfig ingress =
                new ConfigLoader(SinkRegistry.onClassPath(), name -> null)
                        .parse("defaults", "")
                        .ingress();
        int cores = Runtime.getRuntime().availableProcessors();
        Vertx vertx = Vertx.vertx(); // as the gateway makes its own
        int wanted = Integer.parseInt(args[0]);
        AtomicInteger bound = new AtomicInteger();
        vertx.deployVerticle(
                        () -> new FloorVerticle(ingress, wanted == 0 ? ANY_SHARED : wanted, bound),
                        new DeploymentOptions().setInstances(cores))
                .await(START_WITHIN_S, TimeUnit.SECONDS);
        System.out.println(LISTENING + bound.get());
    }
}
