package io.penstock.gateway.cli.ask;

import io.penstock.gateway.boot.StoppedNode;
import io.penstock.gateway.cli.AdminClient;
import io.penstock.gateway.cli.CommandFailure;
import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.terminal.TextTable;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code penstock log}. */
@Command(
        name = "log",
        description = {
            "Shows the levels of a node's log, or sets one until the node is started anew; that takes"
                    + " the role admin.",
            "penstock log debug --logger io.penstock.exporter.fanout; docs/logs.md."
        },
        mixinStandardHelpOptions = true)
final class LogCommand extends ReportCommands.Report {
    @Parameters(
            paramLabel = "LEVEL",
            arity = "0..1",
            description =
                    "error, warn, info, debug, trace; default gives a logger back what those around it"
                            + " have. Without it, levels are shown.")
    private @Nullable String level;

    @Option(
            names = "--logger",
            paramLabel = "NAME",
            defaultValue = "root",
            description = "Which one, by class or package; default: ${DEFAULT-VALUE}.")
    private String logger = "root";

    LogCommand() {
        super("/v1/log");
    }

    @Override
    JsonObject ofLive(AdminClient client) throws InterruptedException {
        String wanted = level;
        if (wanted == null) {
            return client.get(path());
        }
        String query = "?level=" + coded(wanted) + "&logger=" + coded(logger);
        return client.ask("PUT", path() + query, "");
    }

    private static String coded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    JsonObject ofStopped(StoppedNode stopped) {
        throw new CommandFailure(
                ExitCode.FAILED,
                "the node does not run; log.level of its configuration is what counts");
    }

    @Override
    void print(JsonObject report, PrintWriter out) {
        TextTable table = new TextTable("LOGGER", "LEVEL");
        report.getJsonObject("levels")
                .forEach(each -> table.row(each.getKey(), String.valueOf(each.getValue())));
        table.print(out);
    }
}
