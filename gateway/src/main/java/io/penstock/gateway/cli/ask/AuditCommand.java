package io.penstock.gateway.cli.ask;

import io.penstock.gateway.boot.StoppedNode;
import io.penstock.gateway.terminal.TextTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code penstock audit}. */
@Command(
        name = "audit",
        description = "Shows who changed what on a node, newest first; takes the role admin.",
        mixinStandardHelpOptions = true)
final class AuditCommand extends ReportCommands.Report {
    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "So many entries, up to 1000; default: ${DEFAULT-VALUE}.")
    private int limit = 100;

    AuditCommand() {
        super("/v1/audit");
    }

    @Override
    String path() {
        return super.path() + "?limit=" + limit;
    }

    @Override
    JsonObject ofStopped(StoppedNode stopped) throws IOException {
        return stopped.audit(limit);
    }

    @Override
    void print(JsonObject report, PrintWriter out) {
        JsonArray entries = report.getJsonArray("entries");
        if (entries.isEmpty()) {
            out.println("(none)");
            return;
        }
        TextTable table = new TextTable("TIME", "WHO", "FROM", "WHAT", "STATUS", "NOTE");
        for (Object each : entries) {
            JsonObject entry = (JsonObject) each;
            table.row(
                    entry.getString("time", "-"),
                    entry.getString("who", "-"),
                    entry.getString("from", ""),
                    entry.getString("what", "-"),
                    String.valueOf(entry.getValue("status", "-")),
                    entry.getString("note", ""));
        }
        table.print(out);
    }
}
