package io.penstock.perf.side;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Which CPUs the servers and the loader run on.
 *
 * @param servers CPU list for the servers as {@code taskset} takes it; empty = not pinned
 * @param loader CPU list for this process; empty = not pinned
 */
public record Cores(String servers, String loader) {
    /** Nobody is pinned. */
    public static final Cores SHARED = new Cores("", "");

    private static final int TASKSET_WITHIN_S = 10;

    /** The first CPU for the servers and the others for the loader, where that can be done. */
    public static Cores split() {
        int cpus = Runtime.getRuntime().availableProcessors();
        if (cpus < 2 || !hasTaskset()) {
            return SHARED;
        }
        return new Cores("0", cpus == 2 ? "1" : "1-" + (cpus - 1));
    }

    /** Whether servers and loader are kept apart. */
    public boolean pinned() {
        return !servers.isEmpty();
    }

    /** The other way round, for a server that others than this process load. */
    public Cores swapped() {
        return new Cores(loader, servers);
    }

    List<String> serverPrefix() {
        return pinned() ? List.of("taskset", "-c", servers) : List.of();
    }

    /** Pins all threads of this process, and those that they will start. */
    public void pinLoader() throws IOException, InterruptedException {
        if (loader.isEmpty()) {
            return;
        }
        String self = Long.toString(ProcessHandle.current().pid());
        Process taskset =
                new ProcessBuilder("taskset", "-a", "-p", "-c", loader, self)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        boolean ended = taskset.waitFor(TASKSET_WITHIN_S, TimeUnit.SECONDS);
        if (!ended || taskset.exitValue() != 0) {
            taskset.destroyForcibly();
            throw new IOException("taskset cannot pin this process to CPU " + loader);
        }
    }

    private static boolean hasTaskset() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "taskset")));
    }
}
