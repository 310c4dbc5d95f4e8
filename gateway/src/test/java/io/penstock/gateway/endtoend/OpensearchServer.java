package io.penstock.gateway.endtoend;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.loopback.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real OpenSearch of one node, in a JVM of its own. */
final class OpensearchServer implements AutoCloseable {

    /** Written by the build; see the module's pom. */
    private static final Path CLASSPATH = Path.of("target", "servers", "opensearch.classpath");

    private static final Path MAIN =
            Path.of("src", "test", "resources", "opensearch", "SearchNode.java");
    private static final long START_SECONDS = 90;
    private static final long LOOK_MS = 100;
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    private OpensearchServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one, or skips the test where the build did not fetch it. */
    static OpensearchServer start(Path directory) throws IOException, InterruptedException {
        assumeTrue(Files.isReadable(CLASSPATH), "no class path of OpenSearch: " + CLASSPATH);
        int port = FreePorts.one();
        Path log = directory.resolve("opensearch.log");
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx512m",
                                        "-XX:+UseSerialGC",
                                        "-XX:TieredStopAtLevel=1",
                                        "-cp",
                                        Files.readString(CLASSPATH),
                                        MAIN.toString(),
                                        Integer.toString(port),
                                        directory.toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        OpensearchServer server = new OpensearchServer(process, port);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!server.isUp()) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                server.close();
                throw new IOException("OpenSearch did not start:\n" + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        return server;
    }

    int port() {
        return port;
    }

    private boolean isUp() throws InterruptedException {
        try {
            return ask("GET", "/_cluster/health", "").statusCode() == OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** One request. */
    HttpResponse<String> ask(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
