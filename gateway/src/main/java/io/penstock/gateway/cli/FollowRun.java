package io.penstock.gateway.cli;

import io.penstock.client.ClientBuilder;
import io.penstock.client.ClientCounts;
import io.penstock.client.PenstockClient;
import io.penstock.gateway.follow.BatchMaker;
import io.penstock.gateway.follow.FollowCounts;
import io.penstock.gateway.follow.FollowException;
import io.penstock.gateway.follow.FollowSettings;
import io.penstock.gateway.follow.Follower;
import io.penstock.gateway.terminal.Amounts;
import io.penstock.gateway.terminal.LiveLine;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Follows files until SIGTERM or Ctrl-C, then says what was done. Threading: confined to one
 * thread.
 */
final class FollowRun {
    /** Beyond the time that the follower itself has to end. */
    private static final long GRACE_MS = 5_000;

    /** A batch is tried as long as the process lives. */
    private static final Duration FOR_EVER = Duration.ofDays(10_000);

    private final FollowSettings settings;
    private final ClientBuilder builder;
    private final BatchMaker maker;
    private final LiveLine progress;
    private final OutputOption output;
    private final long startNs = System.nanoTime();

    FollowRun(
            FollowSettings settings,
            ClientBuilder builder,
            BatchMaker maker,
            LiveLine progress,
            OutputOption output) {
        this.settings = settings;
        this.builder = builder;
        this.maker = maker;
        this.progress = progress;
        this.output = output;
    }

    int call(LongSupplier malformed, PrintWriter out) throws IOException, InterruptedException {
        CompletableFuture<Integer> over = new CompletableFuture<>();
        int code = ExitCode.FAILED;
        try (PenstockClient client = builder.deadline(FOR_EVER).close(Duration.ZERO).build()) {
            Follower follower = new Follower(settings, client, maker, progress::note);
            Thread stopper = new Thread(() -> end(follower, over), "stop");
            Runtime.getRuntime().addShutdownHook(stopper);
            try {
                ClientCounts pushed = client.counts();
                FollowCounts counts = follower.counts();
                boolean whole = follower.run(() -> progress.show(state(pushed, counts)));
                progress.clear();
                summary(pushed, counts, malformed.getAsLong(), out);
                code = whole ? ExitCode.OK : ExitCode.FAILED;
                return code;
            } finally {
                over.complete(code);
                forget(stopper);
            }
        } catch (FollowException named) {
            progress.clear();
            throw new CommandFailure(ExitCode.FAILED, String.valueOf(named.getMessage()));
        }
    }

    private static void forget(Thread stopper) {
        try {
            Runtime.getRuntime().removeShutdownHook(stopper);
        } catch (IllegalStateException underWay) {
            // a signal came: the hook ends the process
            return;
        }
    }

    /** A signal: lets the follower end by itself, then ends the process with its code. */
    private void end(Follower follower, CompletableFuture<Integer> over) {
        follower.stop();
        int code = ExitCode.FAILED;
        try {
            code = over.get(settings.stopMs() + GRACE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException late) {
            System.err.println("penstock push: did not end in time");
        }
        Runtime.getRuntime().halt(code);
    }

    private static String state(ClientCounts pushed, FollowCounts counts) {
        return String.format(
                Locale.ROOT,
                "%d files, %s records, %s, behind %s, %d under way, %d retries",
                counts.files(),
                Amounts.count(pushed.records()),
                Amounts.bytes(pushed.bytes()),
                Amounts.bytes(counts.behindBytes()),
                counts.underWay(),
                pushed.retries());
    }

    private void summary(
            ClientCounts pushed, FollowCounts counts, long malformed, PrintWriter out) {
        JsonObject result =
                new JsonObject()
                        .put("repo", settings.repo().value())
                        .put("records", pushed.records())
                        .put("batches", pushed.batches())
                        .put("bytes", pushed.bytes())
                        .put("duplicates", pushed.duplicates())
                        .put("retries", pushed.retries())
                        .put("malformed", malformed)
                        .put("files", counts.files())
                        .put("behind_bytes", counts.behindBytes())
                        .put("under_way", counts.underWay())
                        .put("resent", counts.resent())
                        .put("rotations", counts.rotations())
                        .put("long_lines", counts.longLines())
                        .put("refused_batches", counts.refusedBatches())
                        .put("lost_bytes", counts.lostBytes())
                        .put("seconds", (System.nanoTime() - startNs) / 1e9);
        output.show(
                out,
                result,
                to ->
                        to.printf(
                                "%s: %s; %d malformed lines left out, %s lost%n",
                                settings.repo(),
                                state(pushed, counts),
                                malformed,
                                Amounts.bytes(counts.lostBytes())));
    }
}
