package io.penstock.gateway.planning;

import io.penstock.gateway.cli.AdminClient;
import io.penstock.gateway.cli.CommandFailure;
import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.cli.NodeOption;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code penstock report}. */
@Command(
        name = "report",
        description = {
            "Has a live node make a report and writes it to standard output.",
            "Without options, of the last 24 hours; the node keeps it beside its daily ones."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ReportCommand implements Callable<Integer> {
    /** Forms of a report. */
    enum Form {
        MD,
        HTML,
        JSON
    }

    @Mixin private NodeOption node;
    @Spec private CommandSpec spec;

    @Option(names = "--hourly", description = "Of the last hour.")
    private boolean hourly;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "From when on, as 2026-01-31T06:00:00Z.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Until when; default: now.")
    private @Nullable String to;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "md|html|json",
            defaultValue = "md",
            description = "Form; default: ${DEFAULT-VALUE}.")
    private Form form = Form.MD;

    @Override
    public Integer call() throws Exception {
        if ((to != null && from == null) || (from != null && hourly)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--to goes with --from, and neither goes with --hourly");
        }
        JsonObject made = node.visit((LiveOnly) this::ask);
        PrintWriter out = spec.commandLine().getOut();
        switch (form) {
            case MD -> out.print(made.getString("markdown"));
            case HTML -> out.print(made.getString("html"));
            case JSON -> out.println(made.encodePrettily());
        }
        out.flush();
        return ExitCode.OK;
    }

    private JsonObject ask(AdminClient client) throws InterruptedException {
        String query = "?kind=" + (hourly ? "hourly" : "daily");
        query += from == null ? "" : "&from=" + encoded(from);
        query += to == null ? "" : "&to=" + encoded(to);
        return client.post("/v1/reports" + query);
    }

    private static String encoded(String time) {
        return URLEncoder.encode(time, StandardCharsets.UTF_8);
    }
}
