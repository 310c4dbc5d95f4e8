package io.penstock.gateway.cli.ask;

import io.penstock.gateway.boot.StoppedNode;
import io.penstock.gateway.cli.CommandFailure;
import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.terminal.JsonTable;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

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
}
