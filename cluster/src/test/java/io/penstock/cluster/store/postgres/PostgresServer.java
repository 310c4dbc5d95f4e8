package io.penstock.cluster.store.postgres;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.loopback.FreePorts;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL in processes of its own, on a free port of the loopback address, with its data
 * in a directory of its own. It will not run as root: then it runs as the user {@code postgres}
 * that its package makes. Where it is not installed the tests are skipped.
 *
 * <p>Threading: confined to the test's thread.
 */
final class PostgresServer {

    static final String USER = "penstock";
    static final String PASSWORD = "secret-of-a-test";

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    private static final String OWNER = "postgres";
    private static final long START_SECONDS = 60;
    private static final long LOOK_MS = 50;

    private final Path programs;
    private final Path home;
    private final int port;
    private final boolean root = "root".equals(System.getProperty("user.name"));
    private @Nullable Process process;

    private PostgresServer(Path programs, Path home, int port) {
        this.programs = programs;
        this.home = home;
        this.port = port;
    }

    /** Makes a cluster of databases, starts its server and waits until it answers. */
    static PostgresServer create() throws Exception {
        Path programs = programs();
        Path home = Files.createTempDirectory("penstock-postgres");
        PostgresServer server = new PostgresServer(programs, home, FreePorts.one());
        try {
            server.initialize();
            server.start();
        } catch (Exception e) {
            server.close();
            throw e;
        }
        return server;
    }

    private void initialize() throws Exception {
        if (root) {
            assumeTrue(Files.isExecutable(SETPRIV), "setpriv is not installed");
            assumeTrue(give(home), "there is no user " + OWNER);
        }
        Path password = Files.writeString(home.resolve("password"), PASSWORD);
        give(password);
        makeCertificate("server");
        makeCertificate("stranger");
        run(
                "initdb",
                "-D",
                data().toString(),
                "-U",
                USER,
                "-A",
                "scram-sha-256",
                "--pwfile=" + password,
                "--no-sync",
                "--locale=C",
                "-E",
                "UTF8");
    }

    private static Path programs() throws IOException {
        Optional<Path> newest = Optional.empty();
        if (Files.isDirectory(VERSIONS)) {
            try (Stream<Path> versions = Files.list(VERSIONS)) {
                newest =
                        versions.map(version -> version.resolve("bin"))
                                .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                                .max(Comparator.naturalOrder());
            }
        }
        assumeTrue(newest.isPresent(), "postgresql is not installed");
        return newest.orElseThrow();
    }

    /** Lets the server's user have a file; answers whether there is such a user. */
    private boolean give(Path path) throws IOException {
        if (!root) {
            return true;
        }
        try {
            Files.setOwner(
                    path,
                    path.getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName(OWNER));
            return true;
        } catch (UserPrincipalNotFoundException e) {
            return false;
        }
    }

    /** A certificate for localhost that signs itself: name.key, name.crt. */
    private void makeCertificate(String name) throws Exception {
        Path store = home.resolve(name + ".p12");
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost");
        waitFor(command, new ProcessBuilder(command).inheritIO().start());
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        pem(name + ".key", "PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded());
        pem(name + ".crt", "CERTIFICATE", keys.getCertificate(name).getEncoded());
    }

    private void pem(String name, String what, byte[] content) throws IOException {
        Path file = home.resolve(name);
        Files.writeString(
                file,
                "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                        .formatted(what, Base64.getMimeEncoder().encodeToString(content), what));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        give(file);
    }

    /** The server's certificate, or one for the same host that it does not have. */
    String certificate(String name) {
        return home.resolve(name + ".crt").toString();
    }

    private Path data() {
        return home.resolve("data");
    }

    int port() {
        return port;
    }

    private ProcessBuilder command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (root) {
            command.addAll(
                    List.of(
                            SETPRIV.toString(),
                            "--reuid=" + OWNER,
                            "--regid=" + OWNER,
                            "--clear-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()));
    }

    private void run(String program, String... arguments) throws Exception {
        ProcessBuilder builder = command(program, arguments);
        waitFor(builder.command(), builder.start());
    }

    private void waitFor(List<String> command, Process started) throws Exception {
        if (!started.waitFor(START_SECONDS, TimeUnit.SECONDS) || started.exitValue() != 0) {
            started.destroyForcibly();
            throw new IOException(command + " failed: " + log());
        }
    }

    private String log() throws IOException {
        Path log = home.resolve("log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** Starts the server on the data that is there. */
    void start() throws Exception {
        Process started =
                command(
                                "postgres",
                                "-D",
                                data().toString(),
                                "-p",
                                String.valueOf(port),
                                "-h",
                                "127.0.0.1",
                                "-k",
                                home.toString(),
                                "-c",
                                "fsync=off",
                                "-c",
                                "shared_buffers=16MB",
                                "-c",
                                "max_connections=30",
                                "-c",
                                "ssl=on",
                                "-c",
                                "ssl_cert_file=" + certificate("server"),
                                "-c",
                                "ssl_key_file=" + home.resolve("server.key"))
                        .start();
        process = started;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers()) {
            if (System.nanoTime() > deadline || !started.isAlive()) {
                throw new IOException("postgres did not start: " + log());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
    }

    private boolean answers() throws Exception {
        return command("pg_isready", "-h", "127.0.0.1", "-p", String.valueOf(port))
                        .start()
                        .waitFor()
                == 0;
    }

    /** Ends the server as an administrator would who does not wait for clients. */
    void stop() throws Exception {
        Process running = process;
        if (running != null) {
            signal("INT", List.of(running.pid()));
            if (!running.waitFor(20, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
            process = null;
        }
    }

    /** Lets every process of the server hang. */
    void freeze() throws Exception {
        signal("STOP", all());
    }

    void thaw() throws Exception {
        signal("CONT", all());
    }

    private List<Long> all() {
        Process running = process;
        if (running == null) {
            return List.of();
        }
        List<Long> pids = new ArrayList<>();
        pids.add(running.pid());
        running.descendants().forEach(child -> pids.add(child.pid()));
        return pids;
    }

    private static void signal(String name, List<Long> pids) throws Exception {
        StringBuilder kill = new StringBuilder("kill -" + name);
        pids.forEach(pid -> kill.append(' ').append(pid));
        new ProcessBuilder("sh", "-c", kill.toString()).inheritIO().start().waitFor();
    }

    /** Ends the server and deletes its data. */
    void close() throws Exception {
        stop();
        Files.walkFileTree(
                home,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path directory, @Nullable IOException failure) throws IOException {
                        Files.delete(directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
