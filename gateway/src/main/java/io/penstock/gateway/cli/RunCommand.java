package io.penstock.gateway.cli;

import io.penstock.gateway.boot.Gateway;
import io.penstock.gateway.boot.StartException;
import io.penstock.gateway.config.ConfigException;
import io.penstock.gateway.config.ConfigLoader;
import io.penstock.gateway.config.GatewayConfig;
import io.penstock.gateway.log.Logs;
import io.vertx.core.Future;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code penstock run}. */
@Command(
        name = "run",
        description = {
            "Runs a gateway until SIGTERM or Ctrl-C.",
            "Then it refuses new batches, delivers what it can within node.stop_deadline_ms, and"
                    + " exits with 0; what is left stays staged for the next start."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class RunCommand implements Callable<Integer> {
    /** Beyond the gateway's own deadline: for closing threads. */
    private static final long STOP_GRACE_MS = 3_000;

    @Mixin private ConfigOption config;

    @Override
    public Integer call() throws InterruptedException {
        GatewayConfig read = config.load();
        Logs.configure(read.log());
        Gateway gateway = make(read, config.loader());
        Thread stopper = new Thread(() -> Runtime.getRuntime().halt(stop(gateway)), "stop");
        Runtime.getRuntime().addShutdownHook(stopper);
        try {
            await(gateway.start());
        } catch (ExecutionException failed) {
            stop(gateway);
            Runtime.getRuntime().removeShutdownHook(stopper);
            throw failure(failed.getCause());
        }
        new CountDownLatch(1).await(); // until the shutdown hook ends the process
        return ExitCode.OK;
    }

    private static Gateway make(GatewayConfig config, ConfigLoader loader) {
        try {
            return new Gateway(config, loader);
        } catch (ConfigException faulty) {
            throw new CommandFailure(ExitCode.CONFIGURATION, String.valueOf(faulty.getMessage()));
        }
    }

    private static RuntimeException failure(@Nullable Throwable cause) {
        return cause instanceof StartException named
                ? new CommandFailure(ExitCode.CANNOT_START, String.valueOf(named.getMessage()))
                : new IllegalStateException(cause);
    }

    private static void await(Future<?> future) throws ExecutionException, InterruptedException {
        future.toCompletionStage().toCompletableFuture().get();
    }

    /** Stops and answers with the exit code; never later than the deadline and some grace. */
    private static int stop(Gateway gateway) {
        long deadlineMs = gateway.config().node().stopDeadlineMs() + STOP_GRACE_MS;
        try {
            boolean well =
                    gateway.stop()
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(deadlineMs, TimeUnit.MILLISECONDS);
            return well ? ExitCode.OK : ExitCode.FAILED;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        } catch (ExecutionException | TimeoutException late) {
            return ExitCode.FAILED;
        }
    }
}
