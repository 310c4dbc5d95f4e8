package io.penstock.perf.floor;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.TimeUnit;

/** Starts the floor: {@code FloorServer PORT}; 0 takes a free one. */
public final class FloorServer {
    /** Begins the line that says where it listens; the port follows. */
    public static final String LISTENING = "floor listening on ";

    private static final int START_WITHIN_S = 30;

    private FloorServer() {}

    /** Listens until the process ends. */
    public static void main(String[] args) throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        Vertx vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setEventLoopPoolSize(cores)
                                .setPreferNativeTransport(true));
        FloorVerticle first = new FloorVerticle("127.0.0.1", Integer.parseInt(args[0]));
        vertx.deployVerticle(first, new DeploymentOptions())
                .await(START_WITHIN_S, TimeUnit.SECONDS);
        for (int i = 1; i < cores; i++) {
            vertx.deployVerticle(new FloorVerticle("127.0.0.1", first.boundPort()))
                    .await(START_WITHIN_S, TimeUnit.SECONDS);
        }
        System.out.println(LISTENING + first.boundPort());
    }
}
