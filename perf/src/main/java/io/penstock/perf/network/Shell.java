package io.penstock.perf.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Short commands of the system. Threading: any thread; every command has a deadline. */
public final class Shell {
    private static final long WITHIN_S = 20;

    private Shell() {}

    /** Runs a command and answers with what it said; fails when it does. */
    public static String run(String... command) throws IOException, InterruptedException {
        return run(new ProcessBuilder(command));
    }

    /** The same for a command with an environment or a directory of its own. */
    public static String run(ProcessBuilder builder) throws IOException, InterruptedException {
        List<String> command = builder.command();
        Path said = Files.createTempFile("penstock-trial", ".out");
        try {
            Process process =
                    builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
            if (!process.waitFor(WITHIN_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command + " does not end");
            }
            String text = Files.readString(said, StandardCharsets.UTF_8).strip();
            if (process.exitValue() != 0) {
                throw new IOException(command + ": code " + process.exitValue() + ": " + text);
            }
            return text;
        } finally {
            Files.deleteIfExists(said);
        }
    }

    /** Whether there is such a program on the PATH. */
    public static boolean has(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
