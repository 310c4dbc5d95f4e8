package io.penstock.exporter.objectstore.s3;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.loopback.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An S3 server (s3proxy over a directory) in a process of its own, on a free port of loopback.
 * Whoever wants one is skipped where the build has not resolved its class path.
 */
public final class S3Server implements AutoCloseable {

    /** Name of the credentials. */
    public static final String ACCESS_KEY = "penstock";

    /** Secret of the credentials. */
    public static final String SECRET_KEY = "penstock-secret";

    private static final Path CLASSPATH = Path.of("..", "target", "servers", "s3proxy.classpath");
    private static final int START_WITHIN_S = 60;
    private static final int CHECK_INTERVAL_MS = 50;

    private final Path directory;
    private final int port;
    private final Process process;

    private S3Server(Path directory, int port, Process process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /** Starts one that keeps its buckets below a directory. */
    public static S3Server start(Path directory) throws Exception {
        assumeTrue(
                Files.isReadable(CLASSPATH),
                "no class path of an S3 server; build from the root of the project");
        Path buckets = Files.createDirectories(directory.resolve("buckets"));
        int port = FreePorts.one();
        Path settings = directory.resolve("s3proxy.conf");
        Files.write(
                settings,
                List.of(
                        "s3proxy.endpoint=http://127.0.0.1:" + port,
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=" + ACCESS_KEY,
                        "s3proxy.credential=" + SECRET_KEY,
                        "jclouds.provider=filesystem-nio2",
                        "jclouds.filesystem.basedir=" + buckets));
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                Files.readString(CLASSPATH).strip(),
                                "org.gaul.s3proxy.Main",
                                "--properties",
                                settings.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("s3proxy.log").toFile())
                        .start();
        S3Server server = new S3Server(buckets, port, process);
        server.awaitStart();
        return server;
    }

    private void awaitStart() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_WITHIN_S);
        while (!listens()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new AssertionError("the S3 server does not start, see s3proxy.log");
            }
            TimeUnit.MILLISECONDS.sleep(CHECK_INTERVAL_MS);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    CHECK_INTERVAL_MS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** How to reach it. */
    public S3Config config() {
        return config(SECRET_KEY);
    }

    /** How to reach it with a secret that may be wrong. */
    public S3Config config(String secret) {
        return config(secret, port);
    }

    /** How to reach it by way of a proxy. */
    public S3Config through(BreakingProxy proxy) {
        return config(SECRET_KEY, proxy.port());
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    private static S3Config config(String secret, int at) {
        return new S3Config(
                "http://127.0.0.1:" + at,
                "us-east-1",
                true,
                ACCESS_KEY,
                secret,
                S3Config.MIN_PART_BYTES,
                20_000,
                "");
    }

    /** Where the objects of a bucket, which is made when it is missing, lie as files. */
    public Path bucket(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
