package io.penstock.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.gateway.admin.Reports;
import io.penstock.gateway.boot.TestNode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/clients.md, as they stand there, against a gateway. */
class ClientsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "clients.md");
    private static final Path PROTOS = Path.of("..", "proto", "src", "main", "proto");

    /** A fenced block with a language and the name of a file, or what its commands are for. */
    private static final Pattern BLOCK =
            Pattern.compile("^```(\\S+) (\\S+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private static final int RUN_LIMIT_S = 120;
    private static final int RECORDS = 30;

    @TempDir private Path directory;

    @Test
    void thePythonProgramPushes() throws Exception {
        skipUnless("python3 -c 'import grpc, grpc_tools'", "python3 with grpc_tools");
        runs("python", "push.py");
    }

    @Test
    void theNodeProgramPushes() throws Exception {
        skipUnless(
                "node -e \"require('@grpc/grpc-js'); require('@grpc/proto-loader')\"",
                "node with @grpc/grpc-js and @grpc/proto-loader (NODE_PATH)");
        runs("node", "push.js");
    }

    @Test
    void theGoProgramPushes() throws Exception {
        skipUnless(
                "protoc --version && command -v protoc-gen-go && go version",
                "go, protoc, protoc-gen-go");
        skipUnless(
                "go mod init x && go get google.golang.org/protobuf@v1.36.12",
                "the Go module google.golang.org/protobuf in the module cache");
        Files.delete(directory.resolve("go.mod"));
        Files.deleteIfExists(directory.resolve("go.sum"));
        runs("go", "push.go");
    }

    private void skipUnless(String command, String what) throws Exception {
        assumeTrue(shell(command) == 0, "not installed: " + what);
    }

    private void runs(String language, String program) throws Exception {
        Map<String, String> blocks = blocks();
        copyProtos();
        Files.writeString(directory.resolve(program), block(blocks, program));
        String sections =
                "exports: [{name: blackhole, repo: %s, sink: {type: blackhole}}]"
                        .formatted(language);
        try (TestNode node = TestNode.start(directory.resolve("data"), sections)) {
            String commands = block(blocks, language).replace("127.0.0.1:4400", node.data());
            assertThat(shell("set -e\n" + commands)).as(() -> said()).isZero();
            JsonObject ledger = Reports.ledger(node.gateway().view());
            assertThat(ledger.getJsonArray("ledger").getJsonObject(0).getLong("accepted"))
                    .as(() -> said())
                    .isEqualTo(RECORDS);
        }
    }

    private static String block(Map<String, String> blocks, String name) {
        String block = blocks.get(name);
        assertThat(block).as("docs/clients.md has a block for %s", name).isNotNull();
        return String.valueOf(block);
    }

    private static Map<String, String> blocks() throws IOException {
        Map<String, String> blocks = new HashMap<>();
        Matcher block = BLOCK.matcher(Files.readString(PAGE));
        while (block.find()) {
            blocks.put(block.group(2), block.group(3));
        }
        return blocks;
    }

    private void copyProtos() throws IOException {
        Path to = directory.resolve("proto/src/main/proto");
        Files.walkFileTree(
                PROTOS,
                new SimpleFileVisitor<Path>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Path copy = to.resolve(PROTOS.relativize(file));
                        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
                        Files.copy(file, copy);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private int shell(String commands) throws IOException, InterruptedException {
        ProcessBuilder shell =
                new ProcessBuilder("sh", "-c", commands)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("said.log").toFile());
        // nothing is fetched for a test: what is in the cache of modules, or nothing
        shell.environment().put("GOPROXY", "off");
        shell.environment().put("GOFLAGS", "-mod=mod");
        shell.environment().put("GONOSUMDB", "*");
        shell.environment().put("GOTOOLCHAIN", "local");
        Process running = shell.start();
        if (!running.waitFor(RUN_LIMIT_S, TimeUnit.SECONDS)) {
            running.destroyForcibly();
            throw new AssertionError("does not end: " + commands);
        }
        return running.exitValue();
    }

    private String said() {
        try {
            return Files.readString(directory.resolve("said.log"));
        } catch (IOException nothing) {
            return "nothing";
        }
    }
}
