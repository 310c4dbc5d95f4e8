package io.penstock.gateway.planning;

import io.penstock.gateway.cli.CommandFailure;
import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.cli.NodeOption;
import io.penstock.gateway.cli.OutputOption;
import io.penstock.gateway.terminal.Amounts;
import io.penstock.gateway.terminal.TextTable;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code penstock capacity}. */
@Command(
        name = "capacity",
        description = {
            "Shows what a live node carries, what of it is in use, and when another is wanted.",
            "With --measure: what this machine carries, by a run of a few seconds."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class CapacityCommand implements Callable<Integer> {
    @Mixin private NodeOption node;
    @Mixin private OutputOption output;
    @Spec private CommandSpec spec;

    @Option(
            names = "--measure",
            description = {
                "Starts a node of its own for some seconds, in a temporary directory and on loopback,",
                "pushes records through its data port to a sink that drops them, and tells what a core",
                "carried. No node that runs is touched. Refused where the machine is busy."
            })
    private boolean measure;

    @Override
    public Integer call() throws Exception {
        JsonObject told =
                measure
                        ? Calibration.run(Calibration.USUAL)
                        : node.visit((LiveOnly) client -> client.get("/v1/capacity"));
        String refused = told.getString("refused");
        if (refused != null) {
            throw new CommandFailure(ExitCode.FAILED, refused);
        }
        output.show(
                spec.commandLine().getOut(),
                told,
                measure ? out -> out.println(told.getString("says")) : out -> print(told, out));
        return ExitCode.OK;
    }

    private static void print(JsonObject told, PrintWriter out) {
        TextTable levels = new TextTable("RESOURCE", "NOW", "PEAK OF 24 H", "OF WHAT");
        for (Object each : told.getJsonArray("levels")) {
            JsonObject level = (JsonObject) each;
            levels.row(
                    level.getString("resource"),
                    percent(level.getDouble("ratio")),
                    percent(level.getDouble("peak_ratio")),
                    level.getString("says"));
        }
        levels.print(out);
        JsonObject unit = told.getJsonObject("unit");
        unit(out, "records", unit.getJsonObject("records"));
        unit(out, "bytes", unit.getJsonObject("bytes"));
        out.println("(" + unit.getString("says") + ")");
        out.println(
                "Headroom at the peak of "
                        + told.getString("peak_bottleneck")
                        + ": "
                        + percent(told.getDouble("headroom_ratio")));
        JsonObject forecast = told.getJsonObject("forecast");
        out.println("Forecast: " + forecast.getString("says"));
        time(out, "  expected", forecast.getLong("crossing_ms"));
        time(out, "  at the earliest", forecast.getLong("earliest_ms"));
        time(out, "  at the latest", forecast.getLong("latest_ms"));
        JsonObject signal = told.getJsonObject("signal");
        out.println(
                "Nodes wanted: "
                        + signal.getInteger("wanted_nodes")
                        + " of "
                        + signal.getInteger("nodes"));
    }

    private static void unit(PrintWriter out, String what, @Nullable JsonObject fit) {
        if (fit != null) {
            out.printf(
                    Locale.ROOT,
                    "A core carries %s %s/s (%s to %s)%n",
                    Amounts.count(Math.round(fit.getDouble("per_core_s"))),
                    what,
                    Amounts.count(Math.round(fit.getDouble("per_core_s_low"))),
                    Amounts.count(Math.round(fit.getDouble("per_core_s_high"))));
        }
    }

    private static void time(PrintWriter out, String what, @Nullable Long ms) {
        if (ms != null) {
            out.println(what + " " + Instant.ofEpochMilli(ms));
        }
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.1f %%", part * 100);
    }
}
