package io.penstock.gateway.cli.ask;

import io.penstock.gateway.admin.NodeView;
import io.penstock.gateway.admin.Reports;
import io.penstock.gateway.boot.StoppedNode;
import io.penstock.gateway.cli.AdminClient;
import io.penstock.gateway.cli.CommandFailure;
import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.cli.NodeOption;
import io.penstock.gateway.cli.OutputOption;
import io.penstock.gateway.terminal.JsonTable;
import io.penstock.gateway.terminal.LedgerTable;
import io.penstock.gateway.terminal.TextTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The verbs that show what a node holds, live or stopped. */
final class ReportCommands {
    private ReportCommands() {}

    /** What these verbs share: where the report comes from, and its two forms. */
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    abstract static class Report implements Callable<Integer> {
        @Mixin private NodeOption node;
        @Mixin private OutputOption output;
        @Spec private CommandSpec spec;

        private final String path;

        Report(String path) {
            this.path = path;
        }

        String path() {
            return path;
        }

        JsonObject ofLive(AdminClient client) throws InterruptedException {
            return client.get(path());
        }

        abstract JsonObject ofStopped(StoppedNode stopped) throws IOException;

        abstract void print(JsonObject report, PrintWriter out);

        int exitCode(JsonObject report) {
            return ExitCode.OK;
        }

        @Override
        public final Integer call() throws Exception {
            JsonObject report = node.visit(new Source());
            output.show(spec.commandLine().getOut(), report, out -> print(report, out));
            return exitCode(report);
        }

        private final class Source implements NodeOption.Visitor<JsonObject> {
            @Override
            public JsonObject live(AdminClient client) throws InterruptedException {
                return ofLive(client);
            }

            @Override
            public JsonObject stopped(StoppedNode stopped) throws IOException {
                return ofStopped(stopped);
            }
        }
    }

    /** {@code penstock repos}. */
    @Command(
            name = "repos",
            description = "Lists the repos of a node.",
            mixinStandardHelpOptions = true)
    static final class Repos extends Report {
        Repos() {
            super("/v1/repos");
        }

        /** Part by part: a node may have a hundred thousand. */
        @Override
        JsonObject ofLive(AdminClient client) throws InterruptedException {
            JsonArray all = new JsonArray();
            String after = "";
            while (after != null) {
                String part = "?limit=" + NodeView.Page.MAX + "&after=" + after;
                JsonObject answer = client.get(path() + part);
                answer.getJsonArray("repos").forEach(all::add);
                after = answer.getString("next");
            }
            return new JsonObject().put("repos", all);
        }

        @Override
        JsonObject ofStopped(StoppedNode stopped) throws IOException {
            return Reports.repos(stopped);
        }

        @Override
        void print(JsonObject report, PrintWriter out) {
            JsonTable.of(report.getJsonArray("repos"))
                    .text("REPO", "repo")
                    .text("STATE", "state")
                    .count("ACCEPTED", "accepted_records")
                    .bytes("ON DISK", "disk_bytes")
                    .count("SEGMENTS", "segments")
                    .ifRoom()
                    .count("EXPORTS", "exports")
                    .count("QUARANTINED", "quarantined_entries")
                    .ifRoom()
                    .print(out);
        }
    }

    /** {@code penstock tenants}. */
    @Command(
            name = "tenants",
            description = {
                "Lists the tenants of a live node: what each may have there and what it has.",
                "The report in JSON has all limits and what was in the way how often."
            },
            mixinStandardHelpOptions = true)
    static final class Tenants extends Report {
        Tenants() {
            super("/v1/tenants");
        }

        @Override
        JsonObject ofStopped(StoppedNode stopped) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "the node does not run, and only one that runs counts for tenants;"
                            + " name one with --admin");
        }

        @Override
        void print(JsonObject report, PrintWriter out) {
            JsonArray rows = new JsonArray();
            for (Object each : report.getJsonArray("tenants")) {
                JsonObject tenant = (JsonObject) each;
                long refused = 0;
                for (Map.Entry<String, Object> cause : tenant.getJsonObject("refused")) {
                    refused += ((Number) cause.getValue()).longValue();
                }
                JsonObject limits = tenant.getJsonObject("limits");
                rows.add(
                        tenant.getJsonObject("used")
                                .put("tenant", tenant.getString("tenant"))
                                .put("weight", tenant.getInteger("weight"))
                                .put("bytes_per_s", limits.getLong("bytes_per_s"))
                                .put("requests_per_s", limits.getLong("requests_per_s"))
                                .put("refused", refused));
            }
            JsonTable.of(rows)
                    .text("TENANT", "tenant")
                    .count("WEIGHT", "weight")
                    .ifRoom()
                    .count("REPOS", "repos")
                    .bytes("LIMIT/S", "bytes_per_s")
                    .count("REQUESTS/S", "requests_per_s")
                    .ifRoom()
                    .count("ACCEPTED", "accepted_requests")
                    .bytes("BYTES", "accepted_bytes")
                    .ifRoom()
                    .bytes("STAGED", "staged_bytes")
                    .count("IN FLIGHT", "in_flight")
                    .count("REFUSED", "refused")
                    .print(out);
        }
    }

    /** {@code penstock exports}. */
    @Command(
            name = "exports",
            description = {
                "Lists the exports of a node, how far they lag and why.",
                "With a verb: shows, makes, changes, pauses, resumes or deletes one."
            },
            subcommands = {
                ExportList.class,
                ExportCommands.Show.class,
                ExportCommands.Create.class,
                ExportCommands.Change.class,
                ExportCommands.Pause.class,
                ExportCommands.Resume.class,
                ExportCommands.Delete.class
            },
            mixinStandardHelpOptions = true)
    static final class Exports extends ExportsReport {}

    /** {@code penstock exports list}. */
    @Command(
            name = "list",
            aliases = "ls",
            description = "The same as exports alone: all of a node, how far they lag and why.",
            mixinStandardHelpOptions = true)
    static final class ExportList extends ExportsReport {}

    private abstract static class ExportsReport extends Report {
        ExportsReport() {
            super("/v1/exports");
        }

        @Override
        JsonObject ofStopped(StoppedNode stopped) throws IOException {
            return Reports.exports(stopped);
        }

        @Override
        void print(JsonObject report, PrintWriter out) {
            JsonTable.of(report.getJsonArray("exports"))
                    .text("REPO", "repo")
                    .text("EXPORT", "export")
                    .text("SINK", "sink")
                    .text("ORIGIN", "origin")
                    .ifRoom()
                    .text("STATE", "state")
                    .count("DELIVERED", "delivered_records")
                    .count("LAG", "lag_records")
                    .bytes("LAG BYTES", "lag_bytes")
                    .bytes("PARKED", "parked_bytes")
                    .ifRoom()
                    .count("FAILURES", "failures")
                    .ifRoom()
                    .text("LAST ERROR", "last_error")
                    .print(out);
        }
    }

    /** {@code penstock ledger}. */
    @Command(
            name = "ledger",
            description = {
                "Shows what became of every record: accepted = delivered + staged + parked +"
                        + " dead-lettered + dropped.",
                "Exits with 1 when it does not balance."
            },
            mixinStandardHelpOptions = true)
    static final class Ledger extends Report {
        Ledger() {
            super("/v1/ledger");
        }

        @Override
        JsonObject ofStopped(StoppedNode stopped) throws IOException {
            return Reports.ledger(stopped);
        }

        @Override
        void print(JsonObject report, PrintWriter out) {
            LedgerTable.print(report, out);
        }

        @Override
        int exitCode(JsonObject report) {
            return report.getLong("residue") == 0 ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    /** {@code penstock nodes}. */
    @Command(
            name = "nodes",
            description = {
                "Lists the nodes of the cluster that a live node belongs to, as that node sees them.",
                "CPU is in cores; rates are averages since the heartbeat before."
            },
            subcommands = {NodeList.class, DrainCommands.Drain.class, DrainCommands.Undrain.class},
            mixinStandardHelpOptions = true)
    static final class Nodes extends NodesReport {}

    /** {@code penstock nodes list}. */
    @Command(
            name = "list",
            aliases = "ls",
            description = "The same as nodes alone: who is there, and how each is doing.",
            mixinStandardHelpOptions = true)
    static final class NodeList extends NodesReport {}

    private abstract static class NodesReport extends Report {
        NodesReport() {
            super("/v1/nodes");
        }

        @Override
        JsonObject ofStopped(StoppedNode stopped) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "the node does not run, and only one that runs knows others;"
                            + " name one with --admin");
        }

        @Override
        void print(JsonObject report, PrintWriter out) {
            JsonTable.of(report.getJsonArray("nodes"))
                    .text("NODE", "node")
                    .text("GROUP", "group")
                    .ifRoom()
                    .count("TASKS", "tasks")
                    .text("STATE", "state")
                    .text("CLUSTER", "cluster_address")
                    .ifRoom()
                    .text("DATA", "data")
                    .ifRoom()
                    .text("ADMIN", "admin")
                    .text("CPU", "cpu")
                    .bytes("MEMORY", "resident_bytes")
                    .bytes("NET/S", "network_bytes_per_s")
                    .ifRoom()
                    .bytes("DISK/S", "disk_bytes_per_s")
                    .ifRoom()
                    .count("EXPORTS", "exports_count")
                    .ifRoom()
                    .count("LAG", "lag_records")
                    .print(out);
            String expelled = report.getString("expelled");
            if (expelled != null) {
                out.println("this node is no member any more: " + expelled);
            }
        }
    }

    /** {@code penstock receipt}. */
    @Command(
            name = "receipt",
            description = {
                "Says what became of a batch, export by export, by the receipt that its push was"
                        + " answered with (penstock push --receipt).",
                "Any node of a cluster answers for the batches of the others.",
                "Exits with 1 while an export has not settled it. docs/receipts.md."
            },
            mixinStandardHelpOptions = true)
    static final class Receipt extends Report {
        @Parameters(paramLabel = "REPO/EPOCH/POSITION[@NODE]", description = "The receipt.")
        private String receipt = "";

        @Option(
                names = "--wait",
                paramLabel = "TIME",
                defaultValue = "0s",
                description = "Wait until it is settled: 500ms, 5s, 30s at the most.")
        private String wait = "0s";

        Receipt() {
            super("/v1/receipts/");
        }

        @Override
        String path() {
            int at = receipt.indexOf('@');
            String of = at < 0 ? receipt : receipt.substring(0, at);
            String node = at < 0 ? "" : "&node=" + receipt.substring(at + 1);
            return super.path() + of + "?wait=" + wait + node;
        }

        @Override
        JsonObject ofStopped(StoppedNode stopped) {
            throw new CommandFailure(
                    ExitCode.FAILED, "the node does not run: nothing becomes of what it staged");
        }

        @Override
        void print(JsonObject report, PrintWriter out) {
            TextTable table = new TextTable("EXPORT", "STATE", "WHEN", "DEAD LETTERS");
            for (Object each : report.getJsonArray("exports")) {
                JsonObject export = (JsonObject) each;
                table.row(
                        export.getString("export"),
                        export.getString("state"),
                        export.getString("settled_at", "-"),
                        export.getJsonArray("dead_letters", new JsonArray()).stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(",")));
            }
            table.print(out);
        }

        @Override
        int exitCode(JsonObject report) {
            return report.getBoolean("settled") ? ExitCode.OK : ExitCode.FAILED;
        }
    }
}
