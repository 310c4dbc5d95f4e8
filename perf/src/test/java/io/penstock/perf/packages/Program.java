package io.penstock.perf.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program to run to its end, in a directory and an environment of its own.
 *
 * @param directory that it is started in
 * @param environment what differs from that of the test; an empty value takes a name away
 */
record Program(Path directory, Map<String, String> environment) {
    private static final long DEADLINE_S = 120;

    /** How it ended; both outputs together. */
    record Run(int code, String output) {}

    static Program in(Path directory) {
        return new Program(directory, Map.of("JAVA_HOME", System.getProperty("java.home")));
    }

    Program with(String name, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(name, value);
        return new Program(directory, more);
    }

    Run run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("penstock", ".output");
        try {
            Process process =
                    builder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            process.getOutputStream().close();
            if (!process.waitFor(DEADLINE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            String said = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(process.isAlive()).as("%s\n%s", List.of(command), said).isFalse();
            return new Run(process.exitValue(), said);
        } finally {
            Files.delete(output);
        }
    }

    /** Runs what has to end well, and has its output. */
    String well(String... command) throws IOException, InterruptedException {
        Run run = run(command);
        assertThat(run.code()).as("%s\n%s", List.of(command), run.output()).isZero();
        return run.output();
    }

    ProcessBuilder builder(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        environment.forEach(
                (name, value) -> {
                    if (value.isEmpty()) {
                        builder.environment().remove(name);
                    } else {
                        builder.environment().put(name, value);
                    }
                });
        return builder;
    }

    /** Whether the PATH has a program. */
    static boolean isThere(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    }

    /** Whether this is root, as which alone a system can be installed into a directory. */
    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
