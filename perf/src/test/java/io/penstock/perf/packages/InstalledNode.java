package io.penstock.perf.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A node that was started from a package, asked from outside. */
final class InstalledNode implements AutoCloseable {
    private static final long DEADLINE_MS = 60_000;
    private static final long LOOK_MS = 20;
    private static final int OK = 200;
    private static final String LINE = "{\"from\":\"a package\"}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final Path data;
    private final Path export;
    private final Path log;

    /**
     * Starts a node.
     *
     * @param start what starts it; the process stays the node's
     * @param state directory that has its {@code data} and gets its {@code export}, as seen from
     *     here
     */
    InstalledNode(ProcessBuilder start, Path state) throws IOException {
        data = state.resolve("data");
        export = state.resolve("export");
        log = Files.createTempFile("penstock", ".log");
        process = start.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    /**
     * Its configuration: free ports, and what is pushed to {@code web} to files.
     *
     * @param state its directory as the node sees it
     */
    static String configuration(String state) {
        return """
        node: {id: packed, data_dir: "%s/data"}
        ingress: {port: 0}
        admin: {port: 0}
        exports:
          - name: files
            repo: web
            sink: {type: file, directory: "%s/export"}
        """
                .formatted(state, state);
    }

    long pid() {
        return process.pid();
    }

    String log() throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    /** Waits until it says that it is ready. */
    InstalledNode ready() throws IOException, InterruptedException {
        await("ready", () -> !address("admin").isEmpty() && status("/readyz") == OK);
        return this;
    }

    /** Pushes a line, and waits until it is in a file. */
    void takesAPush() throws IOException, InterruptedException {
        HttpRequest push =
                HttpRequest.newBuilder(uri(address("data"), "/v1/repos/web/batches"))
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofString(LINE + "\n"))
                        .build();
        assertThat(client.send(push, BodyHandlers.ofString()).statusCode()).isEqualTo(OK);
        await("delivered", () -> delivered().contains("a package"));
    }

    /** Ends it as a service manager does. */
    void stops() throws IOException, InterruptedException {
        process.destroy();
        assertThat(process.waitFor(DEADLINE_MS, TimeUnit.MILLISECONDS)).as(log()).isTrue();
        assertThat(process.exitValue()).as(log()).isZero();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Files.deleteIfExists(log);
    }

    String address(String port) throws IOException {
        try {
            return new JsonObject(Files.readString(data.resolve("node.json"))).getString(port);
        } catch (NoSuchFileException notYet) {
            return "";
        }
    }

    private int status(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(address("admin"), path)).build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static URI uri(String address, String path) {
        return URI.create("http://" + address.replace("0.0.0.0", "127.0.0.1") + path);
    }

    private String delivered() throws IOException {
        if (!Files.isDirectory(export)) {
            return "";
        }
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(export)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private void await(String what, Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DEADLINE_MS);
        while (!condition.holds()) {
            assertThat(process.isAlive()).as(log()).isTrue();
            assertThat(System.nanoTime()).as("not %s in time\n%s", what, log()).isLessThan(end);
            Thread.sleep(LOOK_MS);
        }
    }
}
