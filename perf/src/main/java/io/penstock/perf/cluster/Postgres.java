package io.penstock.perf.cluster;

import io.penstock.perf.network.Shell;
import io.penstock.perf.network.Skipped;
import io.penstock.perf.side.FreePorts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL server for the store, on a free port of the loopback. It does not run as root:
 * then it runs as the user {@code postgres} that its package makes.
 *
 * <p>Threading: confined to the trial's thread.
 */
final class Postgres implements AutoCloseable {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final String OWNER = "postgres";
    private static final String USER = "penstock";
    private static final long WITHIN_S = 60;
    private static final long LOOK_MS = 100;

    private final Path programs;
    private final Path home;
    private final int port;
    private final boolean root = "root".equals(System.getProperty("user.name"));
    private final Thread hook = new Thread(this::kill, "end-postgres");
    private @Nullable Process server;

    private Postgres(Path programs, Path home, int port) {
        this.programs = programs;
        this.home = home;
        this.port = port;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Makes its data and starts it. */
    static Postgres make() throws IOException, InterruptedException, Skipped {
        Path programs = programs();
        Path home = Files.createTempDirectory("penstock-trial-postgres");
        Postgres postgres = new Postgres(programs, home, FreePorts.one());
        try {
            postgres.give();
            Shell.run(
                    postgres.command(
                            "initdb",
                            "-D",
                            "data",
                            "-U",
                            USER,
                            "-A",
                            "trust",
                            "--no-sync",
                            "--locale=C",
                            "-E",
                            "UTF8"));
            postgres.start();
            return postgres;
        } catch (IOException | InterruptedException | Skipped failure) {
            postgres.close();
            throw failure;
        }
    }

    private static Path programs() throws IOException, Skipped {
        Optional<Path> newest = Optional.empty();
        if (Files.isDirectory(VERSIONS)) {
            try (Stream<Path> versions = Files.list(VERSIONS)) {
                newest =
                        versions.map(version -> version.resolve("bin"))
                                .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                                .max(Comparator.naturalOrder());
            }
        }
        return newest.orElseThrow(() -> new Skipped("PostgreSQL is not installed"));
    }

    private void give() throws IOException, Skipped {
        if (!root) {
            return;
        }
        if (!Shell.has("setpriv")) {
            throw new Skipped("PostgreSQL does not run as root, and setpriv is not installed");
        }
        try {
            Files.setOwner(
                    home,
                    home.getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName(OWNER));
        } catch (UserPrincipalNotFoundException nobody) {
            throw new Skipped("PostgreSQL does not run as root, and there is no user " + OWNER);
        }
    }

    private ProcessBuilder command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (root) {
            command.addAll(
                    List.of("setpriv", "--reuid=" + OWNER, "--regid=" + OWNER, "--clear-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(home.toFile());
    }

    /** The section {@code store} of a node's configuration, in a line. */
    String yaml() {
        return "{kind: postgres, postgres: {host: 127.0.0.1, port: %d, database: postgres, user: %s}}"
                .formatted(port, USER);
    }

    /** Starts it on the data that is there. */
    void start() throws IOException, InterruptedException {
        File log = home.resolve("log").toFile();
        server =
                command(
                                "postgres",
                                "-D",
                                "data",
                                "-p",
                                Integer.toString(port),
                                "-h",
                                "127.0.0.1",
                                "-k",
                                home.toString(),
                                "-c",
                                "fsync=off",
                                "-c",
                                "shared_buffers=16MB")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                        .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WITHIN_S);
        while (!answers()) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("postgres did not start: " + Files.readString(log.toPath()));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            query("select 1");
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private String query(String sql) throws IOException, InterruptedException {
        return Shell.run(
                command(
                        "psql",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-U",
                        USER,
                        "-d",
                        "postgres",
                        "-tA",
                        "-c",
                        sql));
    }

    /** Whether the store has the table of this version. */
    boolean holds(String version) {
        try {
            return query("select epoch || '.' || sequence from penstock_assignments")
                    .equals(version);
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends it as an administrator would who does not wait for clients. */
    void stop() throws IOException, InterruptedException {
        Process running = server;
        server = null;
        if (running == null) {
            return;
        }
        Shell.run("kill", "-INT", Long.toString(running.pid()));
        if (!running.waitFor(WITHIN_S, TimeUnit.SECONDS)) {
            running.destroyForcibly();
            throw new IOException("postgres does not stop");
        }
    }

    private void kill() {
        Process running = server;
        if (running != null) {
            running.destroyForcibly();
        }
    }

    @Override
    public void close() {
        try {
            stop();
            Room.delete(home);
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IOException failure) {
            kill();
            System.err.println("left over: " + failure.getMessage());
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        } catch (IllegalStateException goingDown) {
            kill(); // hooks are at work
        }
    }
}
