package io.penstock.gateway.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code penstock push --follow} in a JVM of its own, which may be killed and started again. */
final class FollowProcess implements AutoCloseable {
    private static final long STOP_LIMIT_S = 30;

    private final Path log;
    private final List<String> arguments;
    private @Nullable Process process;

    FollowProcess(Path directory, String... arguments) {
        this.log = directory.resolve("follow.log");
        this.arguments = List.of(arguments);
    }

    void start() throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx96m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xshare:auto",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.penstock.gateway.cli.Main",
                                "push",
                                "--follow"));
        command.addAll(arguments);
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
    }

    boolean isAlive() {
        Process running = process;
        return running != null && running.isAlive();
    }

    /** SIGKILL, and waits until the process is gone. */
    void kill() throws InterruptedException {
        Process running = running();
        running.destroyForcibly();
        await(running);
    }

    /** SIGTERM, and the exit code. */
    int stop() throws InterruptedException {
        Process running = running();
        running.destroy();
        await(running);
        return running.exitValue();
    }

    private static void await(Process running) throws InterruptedException {
        if (!running.waitFor(STOP_LIMIT_S, TimeUnit.SECONDS)) {
            throw new IllegalStateException("penstock push --follow does not end");
        }
    }

    /** What it said. */
    String said() throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private Process running() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running;
    }

    @Override
    public void close() {
        Process last = process;
        if (last != null) {
            last.destroyForcibly();
        }
    }
}
