package io.penstock.perf.cluster;

import io.penstock.gateway.cli.Main;
import io.penstock.perf.network.Network;
import io.penstock.perf.network.Shell;
import io.penstock.perf.side.ChildJvm;
import io.penstock.perf.side.JvmOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A gateway in a process of its own, which can be killed, stopped, paused and started again on the
 * same data.
 *
 * <p>Threading: what happens to the process, on the trial's thread; {@link #get}, {@link #outages}
 * on any.
 */
final class TrialNode implements AutoCloseable {
    /** The header by which the target knows whose request it is. */
    static final String HEADER = "Penstock-Trial-Node";

    /** The variable of the environment that a configuration names in that header. */
    static final String VARIABLE = "PENSTOCK_TRIAL_NODE";

    private static final long READY_WITHIN_MS = 60_000;
    private static final long END_WITHIN_S = 30;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(ANSWER_WITHIN)
                    .build();
    private final String id;
    private final Path home;
    private final Network.Place place;
    private final JvmOptions options;
    private final Outages outages = new Outages();
    private List<String> clock = List.of();
    private String classPath = JvmOptions.classPath();
    private @Nullable ChildJvm child;
    private int starts;

    /** A node that is not started. */
    TrialNode(String id, Path home, Network.Place place, JvmOptions options) {
        this.id = id;
        this.home = home;
        this.place = place;
        this.options = options;
    }

    /** Its {@code node.id}. */
    String id() {
        return id;
    }

    Network.Place place() {
        return place;
    }

    /** {@code node.data_dir}. */
    Path data() {
        return home.resolve("data");
    }

    /** Times at which pushes to it may fail. */
    Outages outages() {
        return outages;
    }

    /** Writes its configuration. */
    void configure(String yaml) throws IOException {
        Files.createDirectories(home);
        Files.writeString(config(), yaml);
    }

    private Path config() {
        return home.resolve("gateway.yaml");
    }

    /** The next start has this wall clock; an empty list is the machine's. */
    void clock(List<String> through) {
        clock = List.copyOf(through);
    }

    /** Its next starts take these classes before ours. */
    void classes(Path directory) {
        classPath = directory + File.pathSeparator + JvmOptions.classPath();
    }

    /** Starts it and does not wait. */
    void begin() throws IOException {
        List<String> through = new ArrayList<>(place.through());
        through.add("env");
        through.add(VARIABLE + "=" + id);
        through.addAll(clock);
        starts++;
        child =
                ChildJvm.start(
                        through,
                        classPath,
                        Main.class,
                        List.of("run", "--config", config().toString()),
                        options,
                        home.resolve("gateway-" + starts + ".log"));
    }

    /** Waits until it takes batches. */
    void awaitReady() throws IOException, InterruptedException {
        running().await(READY_WITHIN_MS, output -> ready() ? Optional.of(true) : Optional.empty());
        outages.end();
    }

    private boolean ready() throws InterruptedException {
        try {
            return answer("/readyz").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Starts it and waits until it takes batches. */
    void start() throws IOException, InterruptedException {
        begin();
        awaitReady();
    }

    /** SIGKILL, and waits until it is gone. */
    void kill() throws InterruptedException, IOException {
        outages.begin();
        ChildJvm killed = running();
        killed.handle().destroyForcibly();
        exited(killed);
    }

    /** SIGTERM; does not wait. */
    void terminate() {
        outages.begin();
        running().handle().destroy();
    }

    /** The exit code; waits for it. */
    int awaitExit() throws InterruptedException, IOException {
        return exited(running());
    }

    private int exited(ChildJvm ending) throws InterruptedException, IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_WITHIN_S);
        while (ending.alive()) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("node " + id + " does not end:\n" + ending.lastWords());
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        ending.close(); // forgets it
        Integer code = ending.exitCode();
        return code == null ? -1 : code;
    }

    /** SIGSTOP. */
    void pause() throws IOException, InterruptedException {
        outages.begin();
        Shell.run("kill", "-STOP", pid());
    }

    /** SIGCONT. */
    void resume() throws IOException, InterruptedException {
        Shell.run("kill", "-CONT", pid());
        outages.end();
    }

    private String pid() {
        return Long.toString(running().handle().pid());
    }

    /** Whether there is a process. */
    boolean alive() {
        ChildJvm there = child;
        return there != null && there.alive();
    }

    /** What it wrote since it was started last. */
    String output() throws IOException {
        return running().output();
    }

    /** What its admin port answers, as JSON. */
    JsonObject get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = answer(path);
        try {
            return new JsonObject(answer.body());
        } catch (DecodeException unreadable) {
            throw new IOException(path + " of " + id + ": " + answer.body(), unreadable);
        }
    }

    /** A number of its page of metrics; 0 when it is not there. */
    double metric(String name) throws IOException, InterruptedException {
        return answer("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private HttpResponse<String> answer(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + place.host() + ":" + place.adminPort() + path);
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWER_WITHIN).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private ChildJvm running() {
        ChildJvm there = child;
        if (there == null) {
            throw new IllegalStateException("node " + id + " was never started");
        }
        return there;
    }

    /** SIGKILL if it still runs. */
    @Override
    public void close() {
        ChildJvm there = child;
        if (there != null) {
            there.handle().destroyForcibly();
            there.close();
        }
    }
}
