package io.penstock.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.gateway.cli.Main;
import io.penstock.loopback.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the lines of docs/security.md, with other ports, against nodes that they start. */
class SecurityPageTest {
    private static final Path PAGE = Path.of("../docs/security.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    private static final long WAIT_S = 120;

    @TempDir private Path directory;

    @Test
    void everyLineRunsAsItStands() throws Exception {
        for (String command : new String[] {"bash", "curl", "openssl"}) {
            assumeTrue(isThere(command), command + " is not installed");
        }
        // ends what it started, whatever happens
        StringBuilder script =
                new StringBuilder("set -eu\ntrap 'kill $(jobs -p) 2> /dev/null' EXIT\n");
        Matcher block = BLOCK.matcher(Files.readString(PAGE));
        while (block.find()) {
            script.append(block.group(1));
        }
        script.append("trap - EXIT\n");
        Path launcher = directory.resolve("penstock");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Files.writeString(
                launcher,
                "#!/bin/sh\nexec '%s' -Xmx200m -cp '%s' %s \"$@\"\n"
                        .formatted(
                                java, System.getProperty("java.class.path"), Main.class.getName()));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        String lines =
                script.toString()
                        .replace("4400", String.valueOf(FreePorts.one()))
                        .replace("4401", String.valueOf(FreePorts.one()));
        String said = run(lines);
        // pushed by curl and by the client, told twice; then with a certificate, after the restart
        assertThat(said).contains("\"records\":1", "1 records", "CN=gateway", "web");
    }

    private String run(String script) throws Exception {
        Path output = directory.resolve("output");
        Process bash =
                new ProcessBuilder("bash", "-c", script)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            boolean ended = bash.waitFor(WAIT_S, TimeUnit.SECONDS);
            assertThat(ended).as("ends; said %s", Files.readString(output)).isTrue();
        } finally {
            bash.destroy(); // with its trap
        }
        assertThat(bash.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }

    private static boolean isThere(String command) throws Exception {
        try {
            return new ProcessBuilder(command, command.equals("openssl") ? "version" : "--version")
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
