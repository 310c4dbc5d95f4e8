package io.penstock.gateway.boot;

import io.penstock.client.Batch;
import io.penstock.client.Form;
import io.penstock.client.PenstockClient;
import io.penstock.client.Pusher;
import io.penstock.exporter.accesslog.AccessLogField;
import io.penstock.exporter.fanout.SinkRegistry;
import io.penstock.exporter.record.BatchBuilder;
import io.penstock.gateway.accesslog.AccessLogGenerator;
import io.penstock.gateway.config.ConfigException;
import io.penstock.gateway.config.ConfigLoader;
import io.penstock.gateway.config.GatewayConfig;
import io.penstock.model.AckLevel;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A node on free ports and small files, for tests. */
public final class TestNode implements AutoCloseable {
    private static final long WAIT_S = 60;

    private final Gateway gateway;

    private TestNode(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Configuration of a node with these sections beside the usual ones. */
    public static String yaml(Path dataDirectory, String sections) {
        return """
        node: {id: test, data_dir: '%s', stop_deadline_ms: 4s}
        admin: {port: 0}
        ring: {segment_bytes: 1MiB, resident_bytes: 2MiB, max_bytes: 16MiB}
        %s
        """
                        .formatted(dataDirectory, sections)
                + (sections.contains("ingress:")
                        ? ""
                        : "ingress: {port: 0, instances: 2, max_batch_bytes: 512KiB,"
                                + " max_inflated_bytes: 512KiB}\n");
    }

    /** A node that has not started. */
    public static Gateway make(String yaml) throws ConfigException {
        ConfigLoader loader =
                new ConfigLoader(SinkRegistry.onClassPath(), Map.<String, String>of()::get);
        GatewayConfig config = loader.parse("test", yaml);
        return new Gateway(config, loader);
    }

    /** A node that runs. */
    public static TestNode start(Path dataDirectory, String sections) throws Exception {
        return start("test", dataDirectory, sections);
    }

    /** A node of that name that runs. */
    public static TestNode start(String id, Path dataDirectory, String sections) throws Exception {
        Gateway gateway =
                make(yaml(dataDirectory, sections).replace("id: test,", "id: " + id + ","));
        await(gateway.start());
        return new TestNode(gateway);
    }

    /** The node itself. */
    public Gateway gateway() {
        return gateway;
    }

    /** {@code host:port} of the data port. */
    public String data() {
        return "127.0.0.1:" + gateway.dataPort();
    }

    /** {@code host:port} of the admin port. */
    public String admin() {
        return "127.0.0.1:" + gateway.adminPort();
    }

    /** Pushes made-up access-log records, in batches of a hundred, and waits for the answers. */
    public void push(String repo, int records, AckLevel ack) throws Exception {
        try (PenstockClient client =
                PenstockClient.builder()
                        .endpoint(data())
                        .ack(ack)
                        .deadline(Duration.ofSeconds(WAIT_S))
                        .attempt(Duration.ofSeconds(WAIT_S))
                        .close(Duration.ZERO)
                        .build()) {
            Pusher pusher = new Pusher(client, repo);
            AccessLogGenerator generator = new AccessLogGenerator(1, 1_700_000_000);
            for (int left = records; left > 0; left -= 100) {
                pusher.push(batch(generator, Math.min(100, left)));
            }
            pusher.finish();
        }
    }

    private static Batch batch(AccessLogGenerator generator, int records) {
        BatchBuilder batch = new BatchBuilder();
        AccessLogField.announce(batch);
        for (int i = 0; i < records; i++) {
            generator.record(batch);
        }
        return new Batch(Form.NATIVE, batch.build(), records);
    }

    /** Waits for a future. */
    public static <T> T await(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(WAIT_S, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }

    /** Waits until something holds. */
    public static void until(Callable<Boolean> condition) throws Exception {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_S);
        while (!condition.call()) {
            if (System.nanoTime() > endNs) {
                throw new AssertionError("did not come true within " + WAIT_S + " s");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Override
    public void close() {
        try {
            await(gateway.stop());
        } catch (Exception failure) {
            throw new AssertionError("the node did not stop", failure);
        }
        LedgerCheck.balances(gateway.config());
    }
}
