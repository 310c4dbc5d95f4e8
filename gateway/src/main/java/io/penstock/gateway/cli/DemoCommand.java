package io.penstock.gateway.cli;

import io.penstock.client.PushException;
import io.penstock.gateway.boot.StartException;
import io.penstock.gateway.demo.Demo;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code penstock demo}. */
@Command(
        name = "demo",
        description = {
            "Runs a gateway in this process and feeds it made-up access-log records over HTTP, to be"
                    + " watched.",
            "Ends with the ledger; exits with 1 when it does not balance."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class DemoCommand implements Callable<Integer> {
    /** Time between Ctrl-C and the end: delivering, the ledger, a clean stop. */
    private static final long END_S = 45;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "0",
            description = "How long; without it until Ctrl-C.")
    private int seconds;

    @Option(
            names = "--rate",
            paramLabel = "RECORDS/S",
            defaultValue = "20000",
            description = "Records per second; default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description =
                    "Where data and output lie, emptied first; by default .penstock/demo beside the"
                            + " launcher.")
    private @Nullable Path directory;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (seconds < 0 || rate < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--seconds must be 0 or more, --rate 1 or more");
        }
        Demo demo =
                new Demo(new Demo.Options(seconds, rate, directory()), spec.commandLine().getOut());
        CompletableFuture<Integer> over = new CompletableFuture<>();
        Thread stopper = new Thread(() -> end(demo, over), "stop");
        Runtime.getRuntime().addShutdownHook(stopper);
        int code = ExitCode.FAILED;
        try {
            JsonObject ledger = demo.run();
            code = ledger.getLong("residue") == 0 ? ExitCode.OK : ExitCode.FAILED;
            return code;
        } catch (IOException unusable) {
            throw new CommandFailure(ExitCode.CANNOT_START, String.valueOf(unusable.getMessage()));
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof StartException named
                    ? new CommandFailure(ExitCode.CANNOT_START, String.valueOf(named.getMessage()))
                    : failed;
        } catch (PushException refused) {
            throw new CommandFailure(ExitCode.FAILED, String.valueOf(refused.getMessage()));
        } finally {
            over.complete(code);
            forget(stopper);
        }
    }

    private static void forget(Thread stopper) {
        try {
            Runtime.getRuntime().removeShutdownHook(stopper);
        } catch (IllegalStateException underWay) {
            // Ctrl-C came: the hook ends the process
            return;
        }
    }

    private Path directory() {
        if (directory != null) {
            return directory;
        }
        return Path.of(System.getProperty("penstock.home", ""), ".penstock", "demo");
    }

    /** Ctrl-C: lets the demo end by itself, then ends the process with its code. */
    private static void end(Demo demo, CompletableFuture<Integer> over) {
        demo.stop();
        int code = ExitCode.FAILED;
        try {
            code = over.get(END_S, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException late) {
            System.err.println("penstock demo: did not end in time");
        }
        Runtime.getRuntime().halt(code);
    }
}
