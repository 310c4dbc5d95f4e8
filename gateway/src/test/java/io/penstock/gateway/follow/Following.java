package io.penstock.gateway.follow;

import io.penstock.client.Batch;
import io.penstock.client.Form;
import io.penstock.client.PenstockClient;
import io.penstock.gateway.http.HttpIngress;
import io.penstock.gateway.ingest.DataPort;
import io.penstock.gateway.ingest.FakeIntake;
import io.penstock.gateway.input.BatchLimit;
import io.penstock.model.RepoName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A gateway's data port, and followers of lines of text before it, one after the other. */
final class Following implements AutoCloseable {
    static final int MAX_LINE = 10_000;
    static final long PARTIAL_MS = 1_500;

    final DataPort port = new DataPort(DataPort.small(), 1, List.of(HttpIngress::new));
    final List<String> notes = Collections.synchronizedList(new ArrayList<>());
    private final Path state;
    private final List<String> patterns;
    private @Nullable Running running;

    /** A follower that runs, and what it ends with. */
    private record Running(
            Follower follower, PenstockClient client, CompletableFuture<Boolean> end) {}

    Following(Path state, String... patterns) {
        this.state = state;
        this.patterns = List.of(patterns);
    }

    FollowSettings settings(Path stateDirectory, String repo, boolean skipRefused) {
        return new FollowSettings(
                patterns,
                new RepoName(repo),
                "127.0.0.1:" + port.port(),
                stateDirectory,
                new BatchLimit(50, 2_000),
                4,
                MAX_LINE,
                5,
                PARTIAL_MS,
                2_000,
                2_000,
                skipRefused);
    }

    Follower start() {
        return start(settings(state, "r", false));
    }

    Follower start(FollowSettings settings) {
        PenstockClient client =
                PenstockClient.builder()
                        .endpoint(settings.to())
                        .deadline(Duration.ofDays(1))
                        .close(Duration.ZERO)
                        .build();
        Follower follower = new Follower(settings, client, Following::batch, notes::add);
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                end.complete(follower.run(() -> {}));
                            } catch (Exception failure) {
                                end.completeExceptionally(failure);
                            }
                        },
                        "follower");
        thread.setDaemon(true);
        thread.start();
        running = new Running(follower, client, end);
        return follower;
    }

    private static @Nullable Batch batch(byte[] lines, String file) {
        int count = (int) new String(lines, StandardCharsets.UTF_8).lines().count();
        return new Batch(Form.TEXT, lines, count);
    }

    /** Stops the follower; whether everything was acknowledged. */
    boolean stop() throws Exception {
        Running last = running;
        running = null;
        if (last == null) {
            throw new AssertionError("nothing runs");
        }
        last.follower().stop();
        try {
            return last.end().get(20, TimeUnit.SECONDS);
        } finally {
            last.client().close();
        }
    }

    /** Why the follower ended by itself. */
    Throwable failure() throws Exception {
        Running last = running;
        running = null;
        try {
            if (last != null) {
                last.end().get(20, TimeUnit.SECONDS);
            }
        } catch (ExecutionException failed) {
            return Objects.requireNonNull(failed.getCause());
        } finally {
            if (last != null) {
                last.client().close();
            }
        }
        throw new AssertionError("it ended well");
    }

    /** The lines that were staged, in order. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (FakeIntake.Staged each : port.intake().staged()) {
            new String(each.body(), StandardCharsets.UTF_8).lines().forEach(lines::add);
        }
        return lines;
    }

    void awaitLines(int count) {
        DataPort.awaitUntil(
                count + " lines; there are " + lines().size(), () -> lines().size() >= count);
    }

    @Override
    public void close() {
        Running last = running;
        if (last != null) {
            port.intake().letGo();
            last.follower().stop();
            // it writes its checkpoint before it ends; how it ends is no matter here
            last.end().handle((whole, failure) -> true).join();
            last.client().close();
        }
        port.close();
    }
}
