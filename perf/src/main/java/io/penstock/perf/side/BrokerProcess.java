package io.penstock.perf.side;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A Kafka broker (KRaft, one node) from the class path that the build writes for tests, as a
 * process of its own beside the loader. Topics are made when somebody asks for them; old data is
 * dropped.
 *
 * <p>Threading: any thread.
 */
public final class BrokerProcess implements AutoCloseable {
    /** Below the project, which the launcher names; tests run in a module of it. */
    private static final Path CLASS_PATH =
            Path.of(System.getProperty("penstock.home", ".."))
                    .resolve(Path.of("exporter", "target", "servers", "kafka.classpath"));

    private static final int START_WITHIN_S = 60;
    private static final int STOP_WITHIN_S = 20;
    private static final int POLL_MS = 100;

    private final Process process;
    private final Thread hook;
    private final int port;

    private BrokerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
        hook = new Thread(process::destroyForcibly, "end-broker");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the build has written a class path. */
    public static boolean available() {
        return Files.isReadable(CLASS_PATH);
    }

    /** Starts one on an empty directory and waits until it listens. */
    public static BrokerProcess start(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        int port = FreePorts.one();
        Path settings = directory.resolve("server.properties");
        Files.writeString(settings, settings(directory, port, FreePorts.one()));
        String id = UUID.randomUUID().toString();
        Process format =
                java(directory, "kafka.tools.StorageTool", "format", "-t", id, "-c", "" + settings);
        if (!format.waitFor(START_WITHIN_S, TimeUnit.SECONDS) || format.exitValue() != 0) {
            format.destroyForcibly();
            throw new IOException("a Kafka broker cannot be set up, see " + directory);
        }
        BrokerProcess broker =
                new BrokerProcess(java(directory, "kafka.Kafka", settings.toString()), port);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_WITHIN_S);
        while (!broker.listens()) {
            if (!broker.process.isAlive() || System.nanoTime() - deadline > 0) {
                broker.close();
                throw new IOException("a Kafka broker does not start, see " + directory);
            }
            Thread.sleep(POLL_MS);
        }
        return broker;
    }

    private static Process java(Path directory, String... main) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-cp"));
        command.add(Files.readString(CLASS_PATH).strip());
        command.addAll(List.of(main));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Path log = directory.resolve("broker.log");
        return builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
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
                auto.create.topics.enable=true
                num.partitions=1
                message.max.bytes=9437184
                log.segment.bytes=67108864
                log.retention.bytes=268435456
                log.retention.check.interval.ms=2000
                log.segment.delete.delay.ms=1000
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=1
                transaction.state.log.replication.factor=1
                """
                .formatted(port, controllerPort, directory.resolve("data"));
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), POLL_MS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Where clients go, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Kills it: its data is of no worth. */
    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor(STOP_WITHIN_S, TimeUnit.SECONDS);
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            process.destroyForcibly(); // this process is going down and its hooks are at work
        }
    }
}
