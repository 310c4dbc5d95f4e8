package io.penstock.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.model.AckLevel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the lines of docs/admin.md against a node; each must be answered as its comment says. */
class AdminPageTest {
    private static final Path PAGE = Path.of("../docs/admin.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    private static final Pattern ANSWER = Pattern.compile("(?m)^curl .*# ([0-9]{3})$");
    private static final int LEAST_LINES = 15;
    private static final long WAIT_S = 60;

    /** Instead of the body, says the status. */
    private static final String PRELUDE =
            "set -e\ncurl() { command curl -s -o body -w '%{http_code}\\n' \"$@\"; }\n";

    @TempDir private Path directory;

    @Test
    void everyLineIsAnsweredAsThePageSays() throws Exception {
        assumeTrue(isThere("curl") && isThere("bash"), "curl or bash is not installed");
        StringBuilder script = new StringBuilder(PRELUDE);
        List<String> promised = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(PAGE));
        while (block.find()) {
            script.append(block.group(1));
            Matcher line = ANSWER.matcher(block.group(1));
            while (line.find()) {
                promised.add(line.group(1));
            }
        }
        assertThat(promised.size()).isGreaterThanOrEqualTo(LEAST_LINES);
        String files =
                "repos: {exports: [{name: files, sink: {type: file, directory: '%s'}}]}"
                        .formatted(directory.resolve("out"));
        try (TestNode node = TestNode.start(directory.resolve("data"), files)) {
            node.push("web", 10, AckLevel.DELIVERED);
            String lines =
                    script.toString()
                            .replace("127.0.0.1:4401", node.admin())
                            .replace("\"errors\"", "\"" + directory.resolve("errors") + "\"");
            assertThat(run(lines)).containsExactlyElementsOf(promised);
        }
    }

    private List<String> run(String script) throws Exception {
        Path output = directory.resolve("output");
        Process bash =
                new ProcessBuilder("bash", "-c", script)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(bash.waitFor(WAIT_S, TimeUnit.SECONDS)).as("ends").isTrue();
        } finally {
            bash.destroyForcibly();
        }
        List<String> said = Files.readAllLines(output, StandardCharsets.UTF_8);
        assertThat(bash.exitValue()).as("%s", said).isZero();
        return said;
    }

    private static boolean isThere(String command) throws Exception {
        try {
            return new ProcessBuilder(command, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        }
    }
}
