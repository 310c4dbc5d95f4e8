package io.penstock.perf.side;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A child JVM with its output in a file. Threading: any thread. */
public final class ChildJvm implements AutoCloseable {
    private static final long STOP_WITHIN_S = 30;
    private static final long KILL_WITHIN_S = 10;
    private static final long POLL_MS = 50;
    private static final int LAST_LINES = 20;

    private final Process process;
    private final Path log;
    private final Thread hook;

    /** Looks for something in a child's output, or elsewhere. */
    @FunctionalInterface
    public interface Look<T> {
        /** What was looked for; empty = not there yet. */
        Optional<T> at(String output) throws IOException, InterruptedException;
    }

    private ChildJvm(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.hook = new Thread(process::destroyForcibly, "end-child");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts a main class of this process's class path on the servers' cores. */
    public static ChildJvm start(
            Class<?> main, List<String> arguments, JvmOptions options, Cores cores, Path log)
            throws IOException {
        return start(options.command(main, arguments), cores, log);
    }

    /**
     * Starts a main class by way of a command that becomes another, with the same process id:
     * {@code taskset}, {@code env}, {@code ip netns exec}.
     *
     * @param through that command and its arguments; may be empty
     * @param path the class path, with that of this process on it
     */
    public static ChildJvm start(
            List<String> through,
            String path,
            Class<?> main,
            List<String> arguments,
            JvmOptions options,
            Path log)
            throws IOException {
        return start(through, options.command(path, main.getName(), arguments), log);
    }

    /**
     * Starts a main class of a class path of its own on the servers' cores.
     *
     * @param jars that class path; what is needed of this project is added
     */
    public static ChildJvm start(
            String jars,
            String main,
            List<String> arguments,
            JvmOptions options,
            Cores cores,
            Path log)
            throws IOException {
        String path = TiedMain.place() + File.pathSeparator + jars;
        return start(options.command(path, main, arguments), cores, log);
    }

    private static ChildJvm start(List<String> java, Cores cores, Path log) throws IOException {
        return start(cores.serverPrefix(), java, log);
    }

    private static ChildJvm start(List<String> through, List<String> java, Path log)
            throws IOException {
        List<String> command = new ArrayList<>(through);
        command.addAll(java);
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        return new ChildJvm(process, log);
    }

    /** Its handle, for {@link ProcFs}. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Whether it runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /**
     * Looks again and again until the child says something.
     *
     * @param look given the child's output so far; empty = not yet
     * @throws IOException when it ends, or does not say it in time; with its last words
     */
    public <T> T await(long withinMs, Look<T> look) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + withinMs * 1_000_000;
        while (true) {
            boolean alive = process.isAlive(); // before the look: its last words are looked at
            Optional<T> seen = look.at(output());
            if (seen.isPresent()) {
                return seen.get();
            }
            if (!alive || System.nanoTime() - deadline > 0) {
                String what = alive ? "is not ready in time" : "ended, code " + process.exitValue();
                throw new IOException("a child process " + what + "; it said:\n" + lastWords());
            }
            Thread.sleep(POLL_MS);
        }
    }

    /** Does to the child what the death of this process would do. */
    void letGo() throws IOException {
        process.getOutputStream().close();
    }

    /** All its output. */
    public String output() throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    }

    /** The end of its output. */
    public String lastWords() throws IOException {
        List<String> lines = output().lines().toList();
        return String.join(
                "\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    /** The exit code of an ended child. */
    public @Nullable Integer exitCode() {
        return process.isAlive() ? null : process.exitValue();
    }

    /** Asks it to stop as SIGTERM does, and kills it when it does not. */
    @Override
    public void close() {
        try {
            process.destroy();
            if (!process.waitFor(STOP_WITHIN_S, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(KILL_WITHIN_S, TimeUnit.SECONDS);
            }
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            process.destroyForcibly(); // this process is going down and its hooks are at work
        }
    }
}
