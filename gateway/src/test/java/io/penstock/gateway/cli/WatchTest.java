package io.penstock.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.boot.TestNode;
import io.penstock.model.AckLevel;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * {@code top} and {@code tail} against one node, in this process and in a terminal of their own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WatchTest {
    private static final String EXPORTS =
            "exports: [{name: none, repo: web, sink: {type: blackhole}}]";
    private static final String DOWN =
            "{name: down, repo: web, sink: {type: http, url: 'http://127.0.0.1:1/'}}";
    private static final long WAIT_S = 60;

    @TempDir private static Path directory;
    private TestNode node;
    private String admin;

    @BeforeAll
    void start() throws Exception {
        node = TestNode.start(directory.resolve("data"), EXPORTS);
        admin = "--admin=" + node.admin();
        Cli down = Cli.withInput(DOWN, "exports", "create", "-f", "-", admin);
        assertThat(down.code()).as(down.err()).isZero();
        node.push("web", 300, AckLevel.STAGED);
    }

    @AfterAll
    void stop() {
        // a stop waits for what lags
        assertThat(Cli.run("exports", "delete", "web/down", "--force", admin).code()).isZero();
        node.close();
    }

    @Test
    void topPrintsOneTableWhereThereIsNoTerminal() {
        Cli top = Cli.run("top", admin, "--cluster");
        assertThat(top.code()).as(top.err()).isZero();
        assertThat(top.out())
                .containsPattern("(?m)^test +running .* of .* MiB")
                .containsPattern("(?m)^web +active ")
                .containsPattern("(?m)^web/down +http .* [0-9,]{3,} ")
                .containsPattern("(?m)^web/none +blackhole +running ")
                .doesNotContain("\u001b");
        JsonObject json = new JsonObject(Cli.run("top", admin, "--once", "-o", "json").out());
        JsonObject first = json.getJsonArray("nodes").getJsonObject(0);
        assertThat(first.getString("admin")).isEqualTo(node.admin());
        assertThat(first.getJsonObject("process").getLong("heap_used_bytes")).isPositive();
        assertThat(first.getJsonObject("process").fieldNames())
                .contains("connections", "heap_max_bytes", "resident_bytes", "start_s");
        assertThat(first.getJsonObject("snapshot").getJsonArray("exports")).hasSize(2);
    }

    @Test
    void tailShowsRecordsForPeopleAndForPrograms() {
        Cli text = Cli.run("tail", "web", admin, "-n", "3");
        assertThat(text.code()).as(text.err()).isZero();
        assertThat(text.out().lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).matches("[0-9:.]{12}  \\{.*status.*}"));
        Cli json = Cli.run("tail", "web", admin, "--records=2", "-o", "json", "--rate=100");
        assertThat(json.out().lines())
                .hasSize(2)
                .allSatisfy(
                        line -> {
                            JsonObject record = new JsonObject(line);
                            assertThat(record.fieldNames())
                                    .containsExactly("repo", "position", "arrived_ms", "record");
                            assertThat(record.getJsonObject("record").getInteger("status"))
                                    .isPositive();
                        });
        assertThat(Cli.run("tail", "web", admin, "-n1", "-o", "yaml").out())
                .startsWith("---\nrepo: web\nposition: ");
    }

    @Test
    void tailEndsWellWhenNobodyReadsItAnyMore() throws Exception {
        String lines =
                MAIN
                        + "tail web --rate=100 -o json "
                        + admin
                        + " | head -n 1; echo code=${PIPESTATUS[0]}";
        try (Shell shell = new Shell(directory.resolve("pipe"), "bash", "-c", lines)) {
            // what comes is what ends it: a write to a pipe whose reader has gone
            TestNode.until(
                    () -> {
                        node.push("web", 1, AckLevel.STAGED);
                        return !shell.process.isAlive();
                    });
            assertThat(shell.end()).startsWith("{\"repo\":\"web\"").endsWith("}\ncode=0\n");
        }
    }

    @Test
    void whatCannotBeIsSaid() {
        assertThat(Cli.run("tail", "web", admin, "--rate=101").code()).isEqualTo(ExitCode.USAGE);
        assertThat(Cli.run("tail", "../x", admin).code()).isEqualTo(ExitCode.USAGE);
        assertThat(Cli.run("top", admin, "--interval=0").code()).isEqualTo(ExitCode.USAGE);
        assertThat(Cli.run("top", admin, "--sort=colour").err()).contains("LAG");
        Cli nobody = Cli.run("top", "--admin=127.0.0.1:1");
        assertThat(nobody.code()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(nobody.err()).contains("cannot reach the admin port 127.0.0.1:1");
    }

    @Test
    void onATerminalTopIsAScreenWithKeysThatGivesItBack() throws Exception {
        try (Shell pty = terminal(directory.resolve("top"), "top " + admin)) {
            pty.until("web/down");
            pty.until("q quit");
            assertThat(pty.shown()).contains("\u001b[?1049h", "\u001b[?25l");
            pty.type("n");
            pty.until("web/down", "web/none");
            pty.type("q");
            assertThat(pty.end())
                    .contains("\u001b[?25h\u001b[?1049l", "code=0")
                    .contains(" icanon", " echo ");
        }
    }

    @Test
    void onATerminalCtrlCEndsBothWell() throws Exception {
        try (Shell top = terminal(directory.resolve("ctrl-c-top"), "top " + admin);
                Shell tail = terminal(directory.resolve("ctrl-c-tail"), "tail web " + admin)) {
            top.until("q quit");
            top.type("\u0003");
            assertThat(top.end())
                    .contains("\u001b[?25h\u001b[?1049l", "code=0", " icanon", " echo ");
            tail.until("status");
            tail.type("\u0003");
            assertThat(tail.end()).contains("code=0").contains("\u001b[2m");
        }
    }

    /** How a shell runs the command line; the class path is in the environment. */
    private static final String MAIN =
            "'"
                    + ProcessHandle.current().info().command().orElse("java")
                    + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx128m $TTY"
                    + " io.penstock.gateway.cli.Main ";

    /** A verb in a terminal that script(1) makes; then its exit code, and how the terminal is. */
    private static Shell terminal(Path output, String arguments) {
        return new Shell(
                output,
                // what was started in the background hands on that Ctrl-C is to be ignored
                "env",
                "--default-signal=INT",
                "script",
                "-qfec",
                "stty cols 110 rows 30; trap : INT; TTY='-Dpenstock.tty.out=true"
                        + " -Dpenstock.tty.err=true'; TERM=xterm "
                        + MAIN
                        + arguments
                        + "; echo code=$?; stty -a",
                "/dev/null");
    }

    /** A process, and what it has written. */
    private static final class Shell implements AutoCloseable {
        private final Path output;
        private final Process process;

        Shell(Path output, String... command) {
            this.output = output;
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile());
            builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
            builder.environment().put("SHELL", "/bin/sh");
            builder.environment().remove("NO_COLOR");
            this.process = started(builder);
        }

        private static Process started(ProcessBuilder builder) {
            try {
                return builder.start();
            } catch (IOException missing) {
                throw new TestAbortedException(builder.command().get(0) + " is not installed");
            }
        }

        String shown() throws IOException {
            return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        }

        /** Waits until these have been written, in this order. */
        void until(String... words) throws Exception {
            TestNode.until(() -> isShown(List.of(words)) || !process.isAlive());
            assertThat(shown()).contains(words);
        }

        private boolean isShown(List<String> words) throws IOException {
            int at = 0;
            String shown = shown();
            for (String word : words) {
                at = shown.indexOf(word, at);
                if (at < 0) {
                    return false;
                }
            }
            return true;
        }

        void type(String keys) throws IOException {
            OutputStream in = process.getOutputStream();
            in.write(keys.getBytes(StandardCharsets.UTF_8));
            in.flush();
        }

        String end() throws Exception {
            assertThat(process.waitFor(WAIT_S, TimeUnit.SECONDS)).as(shown()).isTrue();
            return shown();
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
