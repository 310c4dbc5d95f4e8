package io.penstock.exporter.kafka;

import io.penstock.loopback.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A Kafka broker (KRaft, one node that is broker and controller) as a process of its own, with its
 * own class path, on free loopback ports. Its data outlives {@link #kill}.
 *
 * <p>Threading: confined to the test's thread.
 */
public final class KafkaBroker implements AutoCloseable {
    /**
     * Where the build wrote the broker's class path; tests of other modules run beside this one.
     */
    private static final Path CLASS_PATH =
            Path.of("..", "exporter", "target", "servers", "kafka.classpath");

    private static final long START_LIMIT_MS = 60_000;
    private static final long STOP_LIMIT_MS = 20_000;

    /** Largest record that the broker takes. */
    public static final int MAX_RECORD_BYTES = 9 << 20;

    private final Path directory;
    private final String classPath;
    private final int port;
    private final Map<String, String> clientProperties;
    private @Nullable Process process;

    private KafkaBroker(
            Path directory, String classPath, int port, Map<String, String> clientProperties) {
        this.directory = directory;
        this.classPath = classPath;
        this.port = port;
        this.clientProperties = clientProperties;
    }

    /** A started broker whose files lie in an empty directory; skips the test without its jars. */
    public static KafkaBroker start(Path directory) throws IOException, InterruptedException {
        return start(directory, BrokerSecurity.NONE);
    }

    /** The same with a listener for clients that asks who they are. */
    static KafkaBroker start(Path directory, BrokerSecurity security)
            throws IOException, InterruptedException {
        String classPath = Files.exists(CLASS_PATH) ? Files.readString(CLASS_PATH).strip() : "";
        Assumptions.assumeTrue(
                !classPath.isEmpty()
                        && List.of(classPath.split(":", -1)).stream()
                                .allMatch(jar -> Files.exists(Path.of(jar))),
                "no Kafka broker here: the build writes "
                        + CLASS_PATH
                        + " in the phase generate-test-resources");
        int[] ports = {FreePorts.one(), FreePorts.one(), FreePorts.one()};
        KafkaBroker broker =
                new KafkaBroker(directory, classPath, ports[0], security.clientProperties());
        Files.writeString(broker.config(), settings(directory, ports, security));
        try {
            broker.format();
            broker.restart();
            return broker;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            broker.close();
            throw failed;
        }
    }

    private static String settings(Path directory, int[] ports, BrokerSecurity security) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                listeners=CLIENT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d,BROKER://127.0.0.1:%5$d
                advertised.listeners=CLIENT://127.0.0.1:%1$d,BROKER://127.0.0.1:%5$d
                inter.broker.listener.name=BROKER
                listener.security.protocol.map=CLIENT:%6$s,CONTROLLER:PLAINTEXT,BROKER:PLAINTEXT
                log.dirs=%3$s
                auto.create.topics.enable=false
                group.initial.rebalance.delay.ms=0
                group.min.session.timeout.ms=1000
                log.cleaner.dedupe.buffer.size=4194304
                message.max.bytes=%4$d
                num.io.threads=2
                num.network.threads=2
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=1
                transaction.state.log.replication.factor=1
                %7$s
                """
                .formatted(
                        ports[0],
                        ports[1],
                        directory.resolve("data"),
                        MAX_RECORD_BYTES,
                        ports[2],
                        security.protocol(),
                        security.brokerSettings());
    }

    private void format() throws IOException, InterruptedException {
        Process format =
                java(
                        "kafka.tools.StorageTool",
                        "format",
                        "-t",
                        Uuid.randomUuid().toString(),
                        "-c",
                        config().toString());
        if (!format.waitFor(START_LIMIT_MS, TimeUnit.MILLISECONDS) || format.exitValue() != 0) {
            format.destroyForcibly();
            throw new IOException("formatting failed:\n" + Files.readString(log()));
        }
    }

    /** Starts it on the data that it had, and waits until it answers. */
    public void restart() throws IOException, InterruptedException {
        process = java("kafka.Kafka", config().toString());
        try (Admin admin = admin()) {
            long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_LIMIT_MS);
            while (!answers(admin)) {
                if (!running().isAlive() || System.nanoTime() > endNs) {
                    throw new IOException("the broker did not start:\n" + Files.readString(log()));
                }
            }
        }
    }

    private static boolean answers(Admin admin) throws InterruptedException {
        try {
            return !admin.describeCluster().nodes().get(1, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | java.util.concurrent.TimeoutException notYet) {
            return false;
        }
    }

    /** SIGKILL, and waits until the process is gone. */
    public void kill() throws InterruptedException {
        Process running = running();
        running.destroyForcibly();
        if (!running.waitFor(STOP_LIMIT_MS, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("the broker outlived SIGKILL");
        }
    }

    @Override
    public void close() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
        }
    }

    private static void delete(Path file) {
        if (!file.toFile().delete()) {
            System.err.println(file + " stays");
        }
    }

    /** Ends it, and leaves nothing behind. */
    void closeAndDelete() {
        try {
            kill();
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).forEach(KafkaBroker::delete);
            }
        } catch (IOException | InterruptedException leftBehind) {
            System.err.println(directory + " stays: " + leftBehind);
        }
    }

    /** Host and port for clients; the same after a restart. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** What a client sets to be let in; empty where everybody is. */
    public Map<String, String> clientProperties() {
        return clientProperties;
    }

    /** A client for administration, to be closed by the caller. */
    public Admin admin() {
        Map<String, Object> settings = new HashMap<>(clientProperties);
        settings.put("bootstrap.servers", bootstrapServers());
        settings.put("reconnect.backoff.max.ms", "100");
        settings.put("request.timeout.ms", "10000");
        settings.put("default.api.timeout.ms", "20000");
        return Admin.create(settings);
    }

    private Process running() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running;
    }

    private Process java(String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        classPath,
                        main));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private Path config() {
        return directory.resolve("server.properties");
    }

    private Path log() {
        return directory.resolve("server.log");
    }
}
