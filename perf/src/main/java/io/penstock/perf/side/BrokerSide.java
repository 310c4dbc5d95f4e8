package io.penstock.perf.side;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A Kafka broker (KRaft, broker and controller in one) as a child with the class path that the
 * build writes for tests.
 *
 * <p>Threading: any thread.
 */
public final class BrokerSide implements AutoCloseable {
    private static final long READY_WITHIN_MS = 60_000;
    private static final JvmOptions OPTIONS =
            new JvmOptions(List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC"));

    private final ChildJvm child;
    private final String servers;

    private BrokerSide(ChildJvm child, String servers) {
        this.child = child;
        this.servers = servers;
    }

    /** What the build of a module leaves for other processes; tests run in their module. */
    public static Path servers(String module) {
        String home = System.getProperty("penstock.home", "..");
        return Path.of(home, module, "target", "servers").toAbsolutePath();
    }

    private static Path classPath() {
        return servers("exporter").resolve("kafka.classpath");
    }

    /** Whether there is a broker to start. */
    public static boolean isHere() {
        return Files.isReadable(classPath());
    }

    /**
     * Starts one in an empty directory and waits until it listens.
     *
     * @param more settings beside those that every broker has
     */
    public static BrokerSide start(Path directory, Cores cores, Map<String, String> more)
            throws IOException, InterruptedException {
        if (!isHere()) {
            throw new IOException("no Kafka broker here: run from a checkout that was built");
        }
        String jars = Files.readString(classPath()).strip();
        Files.createDirectories(directory);
        int port = FreePorts.one();
        Path config = directory.resolve("server.properties");
        StringBuilder text = new StringBuilder(settings(directory, port, FreePorts.one()));
        more.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        Files.writeString(config, text);
        List<String> format =
                List.of("format", "-t", UUID.randomUUID().toString(), "-c", config.toString());
        Path log = directory.resolve("format.log");
        try (ChildJvm tool =
                ChildJvm.start(jars, "kafka.tools.StorageTool", format, OPTIONS, cores, log)) {
            tool.await(READY_WITHIN_MS, output -> Optional.ofNullable(tool.exitCode()));
        }
        ChildJvm child =
                ChildJvm.start(
                        jars,
                        "kafka.Kafka",
                        List.of(config.toString()),
                        OPTIONS,
                        cores,
                        directory.resolve("server.log"));
        try {
            child.await(READY_WITHIN_MS, output -> listens(port));
            return new BrokerSide(child, "127.0.0.1:" + port);
        } catch (IOException | InterruptedException | RuntimeException failed) {
            child.close();
            throw failed;
        }
    }

    private static Optional<Boolean> listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return Optional.of(socket.isConnected());
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }

    private static String settings(Path directory, int port, int controllerPort) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%3$s
                message.max.bytes=9437184
                file.delete.delay.ms=1000
                group.initial.rebalance.delay.ms=0
                num.io.threads=2
                num.network.threads=2
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=1
                transaction.state.log.replication.factor=1
                """
                .formatted(port, controllerPort, directory.resolve("data"));
    }

    /** Host and port for clients. */
    public String servers() {
        return servers;
    }

    /** The process. */
    public ProcessHandle handle() {
        return child.handle();
    }

    @Override
    public void close() {
        child.close();
    }
}
