package io.penstock.gateway.alert.cli;

import io.penstock.gateway.boot.StoppedNode;
import io.penstock.gateway.cli.AdminClient;
import io.penstock.gateway.cli.CommandFailure;
import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.cli.NodeOption;
import io.penstock.gateway.cli.OutputOption;
import io.penstock.gateway.terminal.TextTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code penstock alerts}. */
@Command(
        name = "alerts",
        description = {
            "Shows what is wrong on a live node; exits with 1 when something critical fires.",
            "With a verb: what happened, silences, a trial message."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class AlertsCommand implements Callable<Integer> {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(s|m|h|d)");
    private static final Map<String, Long> UNITS_MS =
            Map.of("s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    @Spec private CommandSpec spec;
    @Mixin private NodeOption node;
    @Mixin private OutputOption output;

    /** One request to a node. */
    private record Ask(String method, String path, String body)
            implements NodeOption.Visitor<JsonObject> {
        @Override
        public JsonObject live(AdminClient client) throws InterruptedException {
            return client.ask(method, path, body);
        }

        @Override
        public JsonObject stopped(StoppedNode stopped) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "the node does not run, and only one that runs watches anything;"
                            + " name one with --admin");
        }
    }

    @Override
    public Integer call() throws Exception {
        JsonObject answer = node.visit(new Ask("GET", "/v1/alerts", ""));
        print(output, answer, AlertsCommand::alerts);
        boolean isCritical =
                answer.getJsonArray("alerts").stream()
                        .map(each -> (JsonObject) each)
                        .anyMatch(
                                each ->
                                        each.getString("state").equals("firing")
                                                && each.getString("severity").equals("critical")
                                                && each.getValue("silence") == null);
        return isCritical ? ExitCode.FAILED : ExitCode.OK;
    }

    private void print(
            OutputOption form, JsonObject answer, BiConsumer<JsonObject, PrintWriter> table) {
        form.show(spec.commandLine().getOut(), answer, out -> table.accept(answer, out));
    }

    private static void alerts(JsonObject answer, PrintWriter out) {
        if (answer.getJsonArray("alerts").isEmpty()) {
            out.println(
                    answer.getBoolean("enabled")
                            ? "Nothing is wrong."
                            : "alerts.enabled is false.");
        } else {
            TextTable table =
                    new TextTable(
                            "STATE", "SEVERITY", "CONDITION", "WHAT", "SINCE", "VALUE", "WHY");
            for (Object each : answer.getJsonArray("alerts")) {
                JsonObject alert = (JsonObject) each;
                Object silence = alert.getValue("silence");
                String well = alert.getValue("clear_since") == null ? "" : ", well now";
                table.row(
                        alert.getString("state")
                                + well
                                + (silence == null ? "" : " (silence " + silence + ")"),
                        alert.getString("severity"),
                        alert.getString("condition"),
                        what(alert),
                        alert.getString("since"),
                        (alert.getValue("value") + " " + alert.getString("unit")).strip(),
                        alert.getString("why"));
            }
            table.print(out);
        }
        if (answer.getLong("left_out") > 0) {
            out.println(answer.getLong("left_out") + " more are bad and not watched: too many.");
        }
        JsonArray silences = answer.getJsonArray("silences");
        if (!silences.isEmpty()) {
            TextTable table = new TextTable("SILENCE", "CONDITION", "WHAT", "UNTIL", "REASON");
            for (Object each : silences) {
                JsonObject silence = (JsonObject) each;
                table.row(
                        String.valueOf(silence.getValue("id")),
                        silence.getString("condition"),
                        what(silence),
                        silence.getString("until"),
                        silence.getString("reason"));
            }
            table.print(out);
        }
    }

    private static String what(JsonObject of) {
        String repo = of.getString("repo");
        String name = of.getString("name");
        if (repo.isEmpty()) {
            return name.isEmpty() ? "node" : name;
        }
        return repo + "/" + name;
    }

    @Command(
            name = "history",
            description = "Shows what began to fire and what was resolved, newest first.",
            mixinStandardHelpOptions = true)
    int history(
            @Mixin NodeOption of,
            @Mixin OutputOption form,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "At most so many, up to 500; default: ${DEFAULT-VALUE}.")
                    int limit)
            throws Exception {
        print(
                form,
                of.visit(new Ask("GET", "/v1/alerts/history?limit=" + limit, "")),
                AlertsCommand::events);
        return ExitCode.OK;
    }

    private static void events(JsonObject answer, PrintWriter out) {
        TextTable table = new TextTable("TIME", "EVENT", "SEVERITY", "CONDITION", "WHAT", "WHY");
        for (Object each : answer.getJsonArray("events")) {
            JsonObject event = (JsonObject) each;
            JsonObject alert = event.getJsonObject("alert");
            table.row(
                    event.getString("time"),
                    event.getString("what"),
                    alert.getString("severity"),
                    alert.getString("condition"),
                    what(alert),
                    alert.getString("why"));
        }
        table.print(out);
    }

    @Command(
            name = "silence",
            description = "Keeps alerts from being told for a time; they are shown all the same.",
            mixinStandardHelpOptions = true)
    int silence(
            @Mixin NodeOption of,
            @Mixin OutputOption form,
            @Option(
                            names = "--condition",
                            paramLabel = "PATTERN",
                            defaultValue = "*",
                            description = "Pattern of conditions, as lag_*.")
                    String condition,
            @Option(
                            names = "--repo",
                            paramLabel = "PATTERN",
                            defaultValue = "*",
                            description = "Pattern of repos.")
                    String repo,
            @Option(
                            names = "--name",
                            paramLabel = "PATTERN",
                            defaultValue = "*",
                            description = "Pattern of exports, sources, nodes, ports.")
                    String name,
            @Option(
                            names = "--for",
                            required = true,
                            paramLabel = "TIME",
                            description = "How long, as 30m, 2h, 1d; at most 30d.")
                    String time,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            defaultValue = "",
                            description = "Why, for others.")
                    String reason)
            throws Exception {
        JsonObject body =
                new JsonObject()
                        .put("condition", condition)
                        .put("repo", repo)
                        .put("name", name)
                        .put("for_ms", millis(time))
                        .put("reason", reason);
        print(
                form,
                of.visit(new Ask("POST", "/v1/alerts/silences", body.encode())),
                (made, out) ->
                        out.println(
                                "silence "
                                        + made.getValue("id")
                                        + " holds until "
                                        + made.getString("until")));
        return ExitCode.OK;
    }

    private long millis(String time) {
        Matcher form = DURATION.matcher(time);
        if (!form.matches()) {
            throw new ParameterException(
                    spec.commandLine(), "--for: expected 30m, 2h or 1d, found " + time);
        }
        return Long.parseLong(form.group(1)) * UNITS_MS.getOrDefault(form.group(2), 0L);
    }

    @Command(
            name = "unsilence",
            description = "Ends a silence before its time.",
            mixinStandardHelpOptions = true)
    int unsilence(
            @Mixin NodeOption of,
            @Mixin OutputOption form,
            @Parameters(paramLabel = "ID", description = "Its number.") long id)
            throws Exception {
        print(
                form,
                of.visit(new Ask("DELETE", "/v1/alerts/silences/" + id, "")),
                (ended, out) -> out.println("silence " + id + " is over"));
        return ExitCode.OK;
    }

    @Command(
            name = "test",
            description = "Sends a trial message through a channel, and says whether it was taken.",
            mixinStandardHelpOptions = true)
    int test(
            @Mixin NodeOption of,
            @Mixin OutputOption form,
            @Parameters(paramLabel = "CHANNEL", description = "Its name under notices.")
                    String channel)
            throws Exception {
        String path =
                "/v1/alerts/test?channel=" + URLEncoder.encode(channel, StandardCharsets.UTF_8);
        print(
                form,
                of.visit(new Ask("POST", path, "")),
                (sent, out) -> out.println(channel + " took the trial message"));
        return ExitCode.OK;
    }
}
