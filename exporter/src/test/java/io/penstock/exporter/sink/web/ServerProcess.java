package io.penstock.exporter.sink.web;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real server in a process of its own, on a free port of the loopback address, stopped by its own
 * handle.
 *
 * <p>Threading: confined to the test's thread.
 */
public final class ServerProcess implements AutoCloseable {

    private static final long START_SECONDS = 60;
    private static final long LOOK_MS = 50;
    private static final int OK = 2;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final int port;
    private final Path log;

    private ServerProcess(List<String> command, int port, Path directory) throws IOException {
        this.port = port;
        this.log = directory.resolve("server.log");
        this.process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param ready path that answers 2xx when it can be used
     */
    public static ServerProcess start(List<String> command, int port, Path directory, String ready)
            throws IOException, InterruptedException {
        ServerProcess server = new ServerProcess(command, port, directory);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!server.answers(ready)) {
            if (System.nanoTime() > deadline || !server.process.isAlive()) {
                server.close();
                throw new IOException(command + " did not start: " + Files.readString(server.log));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        return server;
    }

    /** The program of that name, or the test is skipped. */
    public static String program(String name) {
        String found =
                Stream.of("/usr/bin/", "/usr/sbin/", "/usr/local/bin/")
                        .map(directory -> directory + name)
                        .filter(path -> Files.isExecutable(Path.of(path)))
                        .findFirst()
                        .orElse("");
        assumeTrue(!found.isEmpty(), name + " is not installed");
        return found;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    private boolean answers(String path) throws InterruptedException {
        try {
            return ask("GET", path).statusCode() / 100 == OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** One request without a body. */
    public HttpResponse<String> ask(String method, String path)
            throws IOException, InterruptedException {
        return ask(method, path, "");
    }

    /** One request. */
    public HttpResponse<String> ask(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url() + path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
