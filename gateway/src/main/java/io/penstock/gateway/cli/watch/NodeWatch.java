package io.penstock.gateway.cli.watch;

import io.penstock.gateway.cli.AdminClient;
import io.penstock.gateway.cli.CommandFailure;
import io.penstock.gateway.cli.ExitCode;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Listens to one node and keeps the newest that it said. A node that goes is asked again until this
 * is closed.
 *
 * <p>Threading: a thread of its own writes; any thread reads.
 */
final class NodeWatch implements AutoCloseable {
    private static final long RETRY_MS = 2_000;

    /** The page of metrics is larger than an event and changes less. */
    private static final long PROCESS_NS = TimeUnit.SECONDS.toNanos(5);

    /** What is taken from it: its name there, and here. */
    private static final Map<String, String> PROCESS =
            Map.of(
                    "penstock_ingress_connections", "connections",
                    "jvm_memory_used_bytes{area=\"heap\"}", "heap_used_bytes",
                    "jvm_memory_max_bytes{area=\"heap\"}", "heap_max_bytes",
                    "process_resident_memory_bytes", "resident_bytes",
                    "process_start_time_seconds", "start_s");

    private final AdminClient client;
    private final Thread listener;
    private volatile @Nullable JsonObject newest;
    private volatile JsonObject process = new JsonObject();
    private volatile @Nullable CommandFailure fault;
    private long processNs;

    NodeWatch(AdminClient client) {
        this.client = client;
        this.listener = new Thread(this::listen, "watch " + client.address());
        listener.setDaemon(true);
        listener.start();
    }

    /** Address of the node's admin port. */
    String address() {
        return client.address();
    }

    /** The newest snapshot, as {@code GET /v1/live} has it; null before the first. */
    @Nullable JsonObject newest() {
        return newest;
    }

    /** Why nothing is heard of it; null while something is. */
    @Nullable CommandFailure fault() {
        return fault;
    }

    /** {@code {"admin":, "process":{...}, "snapshot":{...}, "fault":}}; docs/cli.md says what. */
    JsonObject document() {
        JsonObject document = new JsonObject().put("admin", address()).put("process", process);
        CommandFailure failure = fault;
        return failure == null
                ? document.put("snapshot", newest)
                : document.put("fault", failure.getMessage());
    }

    private void listen() {
        try {
            while (true) {
                hear();
                Thread.sleep(RETRY_MS);
            }
        } catch (InterruptedException closed) {
            return; // nobody wants to know any more
        }
    }

    private void hear() throws InterruptedException {
        try (InputStream in = client.stream("/v1/live")) {
            askForProcess();
            EventReader events = new EventReader(in);
            while (!Thread.interrupted()) {
                Optional<JsonObject> event = events.next();
                if (event.isPresent()) {
                    newest = event.get();
                    fault = null;
                    askForProcess();
                }
            }
            throw new InterruptedException();
        } catch (IOException ended) {
            fault = new CommandFailure(ExitCode.UNREACHABLE, said(ended));
        } catch (CommandFailure refused) {
            fault = refused;
        }
    }

    private static String said(IOException ended) {
        String message = ended.getMessage();
        return message == null ? "the connection ended" : message;
    }

    private void askForProcess() throws IOException, InterruptedException {
        if (processNs != 0 && System.nanoTime() - processNs < PROCESS_NS) {
            return;
        }
        JsonObject read = new JsonObject();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(client.stream("/metrics"), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                note(line, read);
                line = lines.readLine();
            }
        }
        process = read;
        processNs = System.nanoTime();
    }

    private static void note(String line, JsonObject into) {
        int space = line.indexOf(' ');
        String name = space < 0 ? null : PROCESS.get(line.substring(0, space));
        if (name != null) {
            into.put(name, (long) Double.parseDouble(line.substring(space + 1)));
        }
    }

    @Override
    public void close() {
        listener.interrupt();
    }
}
