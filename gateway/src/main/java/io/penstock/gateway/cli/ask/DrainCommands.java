package io.penstock.gateway.cli.ask;

import io.penstock.gateway.cli.AdminClient;
import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.terminal.Amounts;
import io.penstock.gateway.terminal.Progress;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verbs that empty a node and let tasks come to it again. */
final class DrainCommands {
    /** Between two looks at what is left. */
    private static final long POLL_MS = 500;

    private DrainCommands() {}

    /** {@code penstock nodes drain}. */
    @Command(
            name = "drain",
            description = {
                "Moves all tasks away from a node, and lets none come.",
                "Waits until it has none, and shows what is left; exits with 1 when some are left"
                        + " after --timeout. The drain holds until nodes undrain, also over restarts."
            },
            mixinStandardHelpOptions = true)
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    static final class Drain extends OrderCommands.Order {
        @Parameters(paramLabel = "NODE", description = "The node's id.")
        private String drained;

        @Option(
                names = "--wait",
                negatable = true,
                defaultValue = "true",
                fallbackValue = "true",
                description = "Wait until the node has no task; the default.")
        private boolean waits;

        @Option(
                names = "--timeout",
                paramLabel = "SECONDS",
                defaultValue = "600",
                description = "Longest wait; default: ${DEFAULT-VALUE}.")
        private long timeoutS;

        @Override
        JsonObject order(AdminClient client) throws InterruptedException {
            JsonObject done = client.post(path("nodes", drained, "drain"));
            long left = waits ? await(client) : tasksLeft(client);
            return done.copy().put("node", drained).put("draining", true).put("tasks_left", left);
        }

        private long await(AdminClient client) throws InterruptedException {
            long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutS);
            long left = tasksLeft(client);
            long all = left;
            try (Progress progress = Progress.onErr("moved", all, Amounts::count)) {
                while (left > 0 && System.nanoTime() < endNs) {
                    TimeUnit.MILLISECONDS.sleep(POLL_MS);
                    left = tasksLeft(client);
                    progress.done(Math.max(0, all - left));
                    progress.detail(left + " tasks left on " + drained);
                }
            }
            return left;
        }

        private long tasksLeft(AdminClient client) throws InterruptedException {
            return client.get("/v1/nodes").getJsonArray("nodes").stream()
                    .map(JsonObject.class::cast)
                    .filter(each -> each.getString("node").equals(drained))
                    .mapToLong(each -> each.getLong("tasks"))
                    .sum();
        }

        @Override
        int exitCode(JsonObject done) {
            return waits && done.getLong("tasks_left") > 0 ? ExitCode.FAILED : ExitCode.OK;
        }

        @Override
        void print(JsonObject done, PrintWriter out) {
            long left = done.getLong("tasks_left");
            out.println(drained + " drains");
            if (left == 0) {
                out.println(drained + " is empty");
            } else if (waits) {
                out.println(
                        left
                                + " tasks are left after "
                                + timeoutS
                                + " s; penstock why TASK says more");
            } else {
                out.println(left + " tasks are left; penstock nodes shows how many");
            }
        }
    }

    /** {@code penstock nodes undrain}. */
    @Command(
            name = "undrain",
            description = "Lets tasks come to a node again.",
            mixinStandardHelpOptions = true)
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    static final class Undrain extends OrderCommands.Order {
        @Parameters(paramLabel = "NODE", description = "The node's id.")
        private String undrained;

        @Override
        JsonObject order(AdminClient client) throws InterruptedException {
            JsonObject done = client.post(path("nodes", undrained, "undrain"));
            return done.copy().put("node", undrained).put("draining", false);
        }

        @Override
        void print(JsonObject done, PrintWriter out) {
            out.println(undrained + " takes tasks");
        }
    }
}
