package io.penstock.gateway.cli.ask;

import io.penstock.gateway.boot.StoppedNode;
import io.penstock.gateway.cli.CommandFailure;
import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.terminal.JsonTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The verbs that show what a live cluster has decided. */
final class ClusterCommands {
    private ClusterCommands() {}

    /** What these verbs share: only a node that runs can answer. */
    abstract static class LiveReport extends ReportCommands.Report {
        LiveReport(String path) {
            super(path);
        }

        @Override
        final JsonObject ofStopped(StoppedNode stopped) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "the node does not run, and only one that runs knows; name one with --admin");
        }
    }

    /** {@code penstock leader}. */
    @Command(
            name = "leader",
            description = "Shows who leads the cluster, as a live node sees it.",
            mixinStandardHelpOptions = true)
    static final class Leader extends LiveReport {
        Leader() {
            super("/v1/leader");
        }

        @Override
        void print(JsonObject report, PrintWriter out) {
            String leader = report.getString("leader");
            out.println(leader == null ? "no leader is known here" : leader);
            String fault = report.getString("voter_fault");
            if (fault != null) {
                out.println(report.getString("node") + " does not vote: " + fault);
            }
        }
    }

    /** {@code penstock tasks}. */
    @Command(
            name = "tasks",
            description = {
                "Lists which node has which task, by the table that a live node goes by.",
                "SINCE is the version of the table in which it became so."
            },
            subcommands = {OrderCommands.Pin.class, OrderCommands.Unpin.class},
            mixinStandardHelpOptions = true)
    static final class Tasks extends LiveReport {
        Tasks() {
            super("/v1/tasks");
        }

        @Override
        void print(JsonObject report, PrintWriter out) {
            JsonTable.of(report.getJsonArray("tasks"))
                    .text("TASK", "task")
                    .text("NODE", "node")
                    .text("STATE", "state")
                    .text("SINCE", "since")
                    .text("GROUP", "group")
                    .text("ORDERED", "ordered")
                    .print(out);
        }
    }

    /** {@code penstock why}. */
    @Command(
            name = "why",
            description = {
                "Explains why a task is where it is; only the leader can.",
                "Below: what it decided about the task, newest first."
            },
            mixinStandardHelpOptions = true)
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    static final class Why extends LiveReport {
        @Parameters(paramLabel = "TASK", description = "REPO/EXPORT#SHARE, as penstock tasks says.")
        private String task;

        Why() {
            super("/v1/tasks/why");
        }

        @Override
        String path() {
            return super.path() + "?task=" + URLEncoder.encode(task, StandardCharsets.UTF_8);
        }

        @Override
        void print(JsonObject report, PrintWriter out) {
            out.println(report.getString("why"));
            JsonArray decisions = report.getJsonArray("decisions");
            if (!decisions.isEmpty()) {
                JsonTable.of(decisions)
                        .text("TIME", "time")
                        .text("VERSION", "version")
                        .text("FROM", "from")
                        .text("TO", "to")
                        .text("WHY", "why")
                        .print(out);
            }
        }
    }
}
