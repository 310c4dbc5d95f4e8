package io.penstock.gateway.door.mount;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.exporter.sink.web.ServerProcess;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Programs under {@code src/test/resources/door-clients} over clients from npm, which {@code
 * .ci/run} lays into {@code target/door-clients}. Without them tests are skipped.
 */
final class DoorClients {
    private static final Path LAID = Path.of("target", "door-clients");
    private static final Path PROGRAMS = Path.of("src", "test", "resources", "door-clients");
    private static final long WAIT_S = 60;

    private DoorClients() {}

    /** Runs a program against a server and reads the object that it prints. */
    static JsonObject run(String program, String url, Path directory, String... more)
            throws IOException, InterruptedException {
        String node = ServerProcess.program("node");
        assumeTrue(
                Files.isDirectory(LAID.resolve("node_modules")),
                "clients are not laid: npm ci in gateway/target/door-clients, as .ci/run does");
        // A module finds what it imports from where it lies.
        Path laid = LAID.resolve(program);
        Files.writeString(laid, Files.readString(PROGRAMS.resolve(program)));
        Path out = directory.resolve(program + ".out");
        Path err = directory.resolve(program + ".err");
        List<String> command = new ArrayList<>(List.of(node, laid.toString(), url));
        command.addAll(List.of(more));
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        boolean ended = process.waitFor(WAIT_S, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        if (!ended || process.exitValue() != 0) {
            throw new AssertionError(
                    program + (ended ? " failed: " : " hangs: ") + Files.readString(err));
        }
        return new JsonObject(Files.readString(out));
    }
}
