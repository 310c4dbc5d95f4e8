package io.penstock.gateway.demo;

import io.penstock.client.PenstockClient;
import io.penstock.client.PushException;
import io.penstock.client.Pusher;
import io.penstock.exporter.fanout.SinkRegistry;
import io.penstock.gateway.admin.Reports;
import io.penstock.gateway.boot.Gateway;
import io.penstock.gateway.config.ConfigException;
import io.penstock.gateway.config.ConfigLoader;
import io.penstock.gateway.config.GatewayConfig;
import io.penstock.gateway.metrics.LatencyReservoir;
import io.penstock.gateway.terminal.Amounts;
import io.penstock.gateway.terminal.LedgerTable;
import io.penstock.gateway.terminal.LiveLine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A gateway in this process with data flowing through it.
 *
 * <p>Threading: {@link #run} confined to one thread; {@link #stop} any thread.
 */
public final class Demo {
    private static final String REPO = "access";
    private static final String LOOPBACK = "127.0.0.1";
    private static final long DRAW_MS = 250;

    /** After the last batch: the exports' linger, their back-off, and then some. */
    private static final long SETTLE_MS = 15_000;

    private static final int UNDER_WAY = 16;

    private final Options options;
    private final PrintWriter out;
    private final DemoHome home;
    private final Vertx vertx = Vertx.vertx();
    private final Receiver receiver = new Receiver(vertx);
    private final LatencyReservoir latencies = new LatencyReservoir();
    private volatile boolean stopped;
    private volatile @Nullable Feeder feeder;

    /**
     * What to show.
     *
     * @param seconds how long; 0 until {@link Demo#stop}
     * @param recordsPerSecond how much
     * @param directory where data and output lie; emptied first
     */
    public record Options(long seconds, long recordsPerSecond, Path directory) {}

    /** A demo that has not begun. */
    public Demo(Options options, PrintWriter out) {
        this.options = options;
        this.out = out;
        this.home = new DemoHome(options.directory());
    }

    /**
     * Runs until the time is up or {@link #stop}.
     *
     * @return the ledger at the end
     * @throws IOException when the directory does not serve
     * @throws ExecutionException when the gateway does not start
     * @throws PushException when it does not take what it is fed
     */
    public JsonObject run()
            throws IOException, ExecutionException, PushException, InterruptedException {
        home.prepare();
        Gateway gateway = make(await(receiver.listen()));
        try {
            await(gateway.start());
            introduce(gateway);
            JsonObject ledger = flow(gateway);
            conclude(ledger);
            return ledger;
        } finally {
            await(gateway.stop());
            await(vertx.close());
        }
    }

    /** Ends {@link #run} soon, with the ledger. */
    public void stop() {
        stopped = true;
        Feeder feeding = feeder;
        if (feeding != null) {
            feeding.stop();
        }
    }

    private Gateway make(int receiverPort) {
        String text =
                """
                node: {id: demo, data_dir: '${DATA}'}
                ingress: {port: 0}
                admin: {port: 0}
                repos:
                  exports:
                    - name: file
                      sink: {type: file, directory: '${EXPORT}', roll_interval_ms: 5s}
                    - name: http
                      sink: {type: http, url: 'http://127.0.0.1:${RECEIVER}/records'}
                log: {level: warn}
                """;
        Map<String, String> values =
                Map.of(
                        "DATA", home.data().toString(),
                        "EXPORT", home.export().toString(),
                        "RECEIVER", Integer.toString(receiverPort));
        ConfigLoader loader = new ConfigLoader(SinkRegistry.onClassPath(), values::get);
        try {
            GatewayConfig config = loader.parse("demo", text);
            return new Gateway(config, loader);
        } catch (ConfigException defect) {
            throw new IllegalStateException(defect);
        }
    }

    private void introduce(Gateway gateway) {
        out.printf(
                "A gateway listens on %s:%d (gRPC and HTTP); %s records/s flow to it over HTTP,%n",
                LOOPBACK, gateway.dataPort(), Amounts.count(options.recordsPerSecond()));
        out.printf("and from it to files in %s and to an HTTP server.%n", home.export());
        out.printf(
                "Look at it:  curl -s %s:%d/metrics   ./penstock exports --admin %s:%d%n",
                LOOPBACK, gateway.adminPort(), LOOPBACK, gateway.adminPort());
        out.printf(
                "%s%n%n",
                options.seconds() == 0
                        ? "Ctrl-C ends it with the ledger."
                        : "It ends after "
                                + options.seconds()
                                + " s with the ledger; so does Ctrl-C.");
        out.flush();
    }

    private JsonObject flow(Gateway gateway)
            throws IOException, PushException, InterruptedException {
        PenstockClient client =
                PenstockClient.builder()
                        .endpoint(LOOPBACK + ":" + gateway.dataPort())
                        .underWay(UNDER_WAY)
                        .build();
        Pusher pusher = new Pusher(client, REPO, latencies::update);
        Screen screen = new Screen(gateway, client.counts(), latencies, LiveLine.onOut());
        ScheduledExecutorService drawing = Executors.newSingleThreadScheduledExecutor();
        ScheduledFuture<?> ticks =
                drawing.scheduleAtFixedRate(screen::draw, DRAW_MS, DRAW_MS, TimeUnit.MILLISECONDS);
        try {
            feed(new Feeder(pusher, options.recordsPerSecond(), System.nanoTime()));
            settle(gateway);
        } finally {
            client.close();
            ticks.cancel(false);
            drawing.shutdown();
            drawing.awaitTermination(1, TimeUnit.SECONDS);
            screen.clear();
        }
        return Reports.ledger(gateway.view());
    }

    private void feed(Feeder feeding) throws PushException, InterruptedException {
        feeder = feeding;
        if (stopped) {
            return;
        }
        long seconds = options.seconds();
        long untilNs =
                System.nanoTime()
                        + TimeUnit.SECONDS.toNanos(seconds == 0 ? Integer.MAX_VALUE : seconds);
        feeding.run(untilNs);
    }

    /** Gives the exports time to deliver what is staged; the ledger balances either way. */
    private static void settle(Gateway gateway) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SETTLE_MS);
        while (gateway.stages().stagedBytesUsed() > 0 && System.nanoTime() < endNs) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private void conclude(JsonObject ledger) {
        LedgerTable.print(ledger, out);
        out.printf(
                "The HTTP server received %s records in %s requests.%n",
                Amounts.count(receiver.records()), Amounts.count(receiver.requests()));
        out.flush();
    }

    private static <T> T await(Future<T> future) throws ExecutionException, InterruptedException {
        return future.toCompletionStage().toCompletableFuture().get();
    }
}
