package io.penstock.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.gateway.ingest.DataPort;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * gRPC by the JavaScript library, which knows of the server what reflection tells it. Needs {@code
 * npm install @grpc/grpc-js grpc-js-reflection-client} and {@code
 * -Dpenstock.node_modules=DIRECTORY/node_modules}.
 */
class GrpcJsTest {
    @TempDir private Path directory;

    @Test
    void aToolFindsWhatThereIsAndCallsIt() throws Exception {
        String modules = System.getProperty("penstock.node_modules", "");
        assumeTrue(!modules.isEmpty(), "-Dpenstock.node_modules is not set");
        Path script = directory.resolve("people.js");
        try (InputStream text = GrpcJsTest.class.getResourceAsStream("people.js")) {
            Files.copy(Objects.requireNonNull(text), script);
        }
        try (DataPort port =
                new DataPort(
                        DataPort.small(),
                        1,
                        List.of(lane -> new GrpcIngress(lane, ControlServices::of)))) {
            ProcessBuilder node =
                    new ProcessBuilder("node", script.toString(), Integer.toString(port.port()))
                            .redirectErrorStream(true)
                            .redirectOutput(directory.resolve("out").toFile());
            node.environment().put("NODE_PATH", modules);
            Process process = node.start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readAllLines(directory.resolve("out")))
                    .containsExactly(
                            "services " + String.join(" ", DescriptorIndex.DATA_PORT.services()),
                            "methods Push PushStream",
                            "check SERVING",
                            "watch SERVING",
                            "deadline 4");
        }
    }
}
