package io.penstock.perf.cli;

import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.terminal.LiveLine;
import io.penstock.gateway.terminal.TextTable;
import io.penstock.perf.cluster.ClusterTrials;
import io.penstock.perf.cluster.Scenario;
import io.penstock.perf.cluster.TrialJson;
import io.penstock.perf.cluster.TrialResult;
import io.penstock.perf.cluster.TrialSettings;
import io.penstock.perf.side.JvmOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code penstock bench cluster}. */
@Command(
        name = "cluster",
        description = "Gateways in JVMs of their own that are a cluster, broken on purpose.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ClusterCommand implements Callable<Integer> {
    /** The launcher's are for one gateway that has a machine. */
    private static final List<String> SMALL =
            List.of("-Xms32m", "-XX:TieredStopAtLevel=1", "-XX:MaxDirectMemorySize=64m");

    @Spec private CommandSpec spec;

    @Option(
            names = "--nodes",
            defaultValue = "3",
            description = "Gateways, 3 to 5, all of them voters; default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Option(
            names = "--scenario",
            split = ",",
            defaultValue = "all",
            paramLabel = "NAME",
            description =
                    "What is broken: all, or names; with + between them they happen to one cluster."
                            + " --list shows them. Default: ${DEFAULT-VALUE}.")
    private List<String> scenarios;

    @Option(names = "--list", description = "Show the scenarios, and run none.")
    private boolean list;

    @Option(
            names = "--seconds",
            defaultValue = "4",
            description =
                    "Seconds of load before something is broken, and again when it is mended;"
                            + " default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--repos",
            defaultValue = "10",
            description =
                    "Repos, each with one export, pushed to at every node; default:"
                            + " ${DEFAULT-VALUE}.")
    private int repos;

    @Option(
            names = "--heap",
            defaultValue = "112m",
            description = "-Xmx of each gateway; default: ${DEFAULT-VALUE}.")
    private String heap;

    @Option(
            names = "--move-limit",
            defaultValue = "5000",
            paramLabel = "MS",
            description =
                    "A dead node's tasks run elsewhere within so many ms; default:"
                            + " ${DEFAULT-VALUE}.")
    private long moveLimitMs = TrialSettings.MOVE_LIMIT_MS;

    @Option(
            names = "--jvm",
            paramLabel = "OPTION",
            description = "One more option for the gateways' JVMs; repeatable.")
    private final List<String> jvm = new ArrayList<>();

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".penstock/bench",
            description = "Room for the nodes' data; default: ${DEFAULT-VALUE}.")
    private Path directory;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results as JSON.")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            TextTable table = new TextTable("scenario", "what happens");
            for (Scenario scenario : Scenario.values()) {
                table.row(scenario.word(), scenario.what());
            }
            table.print(out);
            out.flush();
            return ExitCode.OK;
        }
        LiveLine progress = LiveLine.onErr();
        List<TrialResult> results = run(progress);
        progress.clear();
        print(results, out);
        out.flush();
        if (json != null) {
            TrialJson.write(results, json);
        }
        return results.stream().allMatch(each -> each.faults().isEmpty())
                ? ExitCode.OK
                : ExitCode.FAILED;
    }

    private List<TrialResult> run(LiveLine progress) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(SMALL);
        options.add("-Xmx" + heap);
        options.addAll(jvm);
        try {
            TrialSettings settings =
                    new TrialSettings(
                            nodes,
                            seconds,
                            repos,
                            moveLimitMs,
                            JvmOptions.launcher().with(options),
                            directory);
            return new ClusterTrials(settings, progress::show).run(Scenario.parse(scenarios));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(
                    spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static void print(List<TrialResult> results, PrintWriter out) {
        TextTable table = new TextTable("scenario", "nodes", "verdict", "number", "value");
        for (TrialResult result : results) {
            String[] row = {
                result.scenario(), Integer.toString(result.nodes()), result.verdict(), "", ""
            };
            if (!result.skipped().isEmpty()) {
                table.row(row);
            }
            rows(table, row, result.timesMs(), " ms");
            rows(table, row, result.counts(), "");
        }
        table.print(out);
        for (TrialResult result : results) {
            if (!result.skipped().isEmpty()) {
                out.println(result.scenario() + " was skipped: " + result.skipped());
            }
            result.faults()
                    .forEach(fault -> out.println("FAULT " + result.scenario() + ": " + fault));
        }
    }

    /** The scenario's own words stand in its first row only. */
    private static void rows(
            TextTable table, String[] row, Map<String, Long> numbers, String unit) {
        numbers.forEach(
                (name, number) -> {
                    row[3] = name;
                    row[4] = String.format(Locale.ROOT, "%,d%s", number, unit);
                    table.row(row.clone());
                    row[0] = "";
                    row[1] = "";
                    row[2] = "";
                });
    }
}
