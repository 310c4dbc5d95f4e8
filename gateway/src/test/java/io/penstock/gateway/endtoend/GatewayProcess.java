package io.penstock.gateway.endtoend;

import io.penstock.gateway.boot.LedgerCheck;
import io.penstock.loopback.FreePorts;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A gateway in a JVM of its own, on the class path of the test. May be killed and started again on
 * the same data directory and port.
 */
final class GatewayProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final Path directory;
    private final Path config;
    private final int port;
    private final int adminPort;
    private final List<String> jvmOptions;
    private @Nullable Process process;

    /**
     * Writes the configuration.
     *
     * @param sections YAML behind the sections node, ingress and admin
     */
    GatewayProcess(Path directory, String sections, String... jvmOptions) throws IOException {
        this("under-test", directory, sections, jvmOptions);
    }

    /** Likewise, under a node id of its own. */
    GatewayProcess(String id, Path directory, String sections, String... jvmOptions)
            throws IOException {
        this.directory = directory;
        this.jvmOptions = List.of(jvmOptions);
        port = FreePorts.one();
        adminPort = FreePorts.one();
        config = directory.resolve("gateway.yaml");
        String head =
                """
                node: {id: %s, data_dir: '%s'}
                ingress: {port: %d, max_batch_bytes: 512KiB, max_inflated_bytes: 512KiB}
                admin: {port: %d}
                """;
        Files.writeString(config, head.formatted(id, data(), port, adminPort) + sections);
    }

    int port() {
        return port;
    }

    long pid() {
        return running().pid();
    }

    int adminPort() {
        return adminPort;
    }

    /** Of a process that has ended by itself. */
    int exitCode() throws InterruptedException {
        return running().waitFor();
    }

    Path data() {
        return directory.resolve("data");
    }

    Path log() {
        return directory.resolve("gateway.log");
    }

    /** Starts and waits until the data port answers. */
    void start() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(jvmOptions);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.penstock.gateway.cli.Main",
                        "run",
                        "--config",
                        config.toString()));
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(new File(log().toString())))
                        .start();
        awaitPort();
    }

    /** SIGKILL, and waits until the process is gone. */
    void kill() throws InterruptedException {
        Process running = running();
        running.destroyForcibly();
        if (!running.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the gateway outlived SIGKILL");
        }
    }

    /** SIGSTOP. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        String pid = Long.toString(running().pid());
        int code = new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
        if (code != 0) {
            throw new IllegalStateException("kill -" + name + " " + pid + " failed");
        }
    }

    /** SIGTERM; does not wait. */
    void terminate() {
        running().destroy();
    }

    /** SIGTERM, and the exit code. */
    int stop() throws InterruptedException {
        Process running = running();
        running.destroy();
        if (!running.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the gateway did not stop on SIGTERM; see " + log());
        }
        return running.exitValue();
    }

    /** SIGKILL if it still runs; then its ledger must balance. */
    @Override
    public void close() {
        Process last = process;
        if (last == null) {
            return;
        }
        last.destroyForcibly();
        try {
            if (last.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                LedgerCheck.balances(config);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process running() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running;
    }

    private void awaitPort() throws IOException, InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            if (!running().isAlive()) {
                throw new IOException("the gateway did not start:\n" + Files.readString(log()));
            }
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > end) {
                    throw new IOException(
                            "port " + port + " does not answer; see " + log(), notYet);
                }
            }
            Thread.sleep(20);
        }
    }
}
