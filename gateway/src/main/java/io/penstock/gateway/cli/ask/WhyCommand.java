package io.penstock.gateway.cli.ask;

import io.penstock.gateway.cli.AdminClient;
import io.penstock.gateway.terminal.Amounts;
import io.penstock.gateway.terminal.JsonTable;
import io.penstock.gateway.terminal.Terminal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code penstock why}. */
@Command(
        name = "why",
        description = {
            "Explains why a task is where it is, and what its leader decided about it, newest first;"
                    + " only the leader can.",
            "Of REPO/EXPORT it explains how the export is doing on the node that is asked, then"
                    + " every task of it."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class WhyCommand extends ClusterCommands.LiveReport {
    private static final int NOT_FOUND = 404;

    @Parameters(
            paramLabel = "TASK|REPO/EXPORT",
            description = "REPO/EXPORT#SHARE, as penstock tasks says, or an export.")
    private String what;

    WhyCommand() {
        super("/v1/tasks/why");
    }

    @Override
    JsonObject ofLive(AdminClient client) throws InterruptedException {
        if (what.indexOf('#') >= 0) {
            return why(client, what);
        }
        JsonObject export = client.get(ExportCommands.pathOf(what));
        export.remove("definition");
        JsonArray tasks = new JsonArray();
        for (String task : tasks(client)) {
            tasks.add(why(client, task));
        }
        return new JsonObject().put("export", export).put("tasks", tasks);
    }

    private JsonObject why(AdminClient client, String task) throws InterruptedException {
        JsonObject why =
                client.get(path() + "?task=" + URLEncoder.encode(task, StandardCharsets.UTF_8));
        return why.put("task", task);
    }

    /** Tasks of the export; none on a node that is alone. */
    private List<String> tasks(AdminClient client) throws InterruptedException {
        AdminClient.Answered answered = client.answer("/v1/tasks");
        if (answered.status() == NOT_FOUND) {
            return List.of();
        }
        return answered.orFail().getJsonArray("tasks").stream()
                .map(task -> ((JsonObject) task).getString("task"))
                .filter(task -> task.startsWith(what + "#"))
                .toList();
    }

    @Override
    void print(JsonObject report, PrintWriter out) {
        JsonObject export = report.getJsonObject("export");
        if (export == null) {
            printTask(report, out);
            return;
        }
        printExport(export, out);
        JsonArray tasks = report.getJsonArray("tasks");
        if (tasks.isEmpty()) {
            out.println("The node that was asked gives it to nobody else: it runs there.");
        }
        tasks.forEach(task -> printTask((JsonObject) task, out));
    }

    private void printExport(JsonObject export, PrintWriter out) {
        out.println(what + " is " + export.getString("state") + " here.");
        Long lag = export.getLong("lag_records");
        if (lag != null && lag == 0) {
            out.println("Nothing waits for it.");
        } else if (lag != null) {
            out.printf(
                    "It lags %s records, %s; the oldest waits %s.%n",
                    Amounts.count(lag),
                    Amounts.bytes(export.getLong("lag_bytes", 0L)),
                    Amounts.seconds(export.getLong("oldest_age_ms", 0L) / 1e3));
        }
        say(out, "What is wrong with it: ", export.getString("fault"));
        say(out, "Last error: ", export.getString("last_error"));
        JsonObject pressure = export.getJsonObject("pressure");
        if (pressure != null) {
            out.printf(
                    "Its target gets %d deliveries at once, of %s at the most.%n",
                    pressure.getLong("concurrency_limit"),
                    Amounts.bytes(pressure.getLong("batch_limit_bytes")));
            say(out, "The last change of that: ", pressure.getString("last_limit_change"));
        }
    }

    private static void say(PrintWriter out, String head, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            out.println(head + Terminal.plain(text));
        }
    }

    private static void printTask(JsonObject task, PrintWriter out) {
        out.println(task.getString("why"));
        JsonArray decisions = task.getJsonArray("decisions");
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
