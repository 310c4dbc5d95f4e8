package io.penstock.perf.cli;

import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.terminal.LiveLine;
import io.penstock.gateway.terminal.TextTable;
import io.penstock.perf.plan.PlanBench;
import io.penstock.perf.plan.PlanResult;
import io.penstock.perf.side.Cores;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code penstock bench plan}. */
@Command(
        name = "plan",
        description = "The scheduler's plans for a made-up cluster, on one core.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class PlanCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--nodes",
            defaultValue = "1000",
            description = "Nodes; default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Option(
            names = "--tasks",
            defaultValue = "100000",
            description = "Tasks; default: ${DEFAULT-VALUE}.")
    private int tasks;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "What the cluster is made of; default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--warmup",
            defaultValue = "5",
            description = "Plans of a kind that do not count; default: ${DEFAULT-VALUE}.")
    private int warmup;

    @Option(
            names = "--rounds",
            defaultValue = "9",
            description = "Plans of a kind that count; default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--cpu",
            defaultValue = "0",
            description = "CPU that everything runs on; empty: any. Default: ${DEFAULT-VALUE}.")
    private String cpu;

    @Override
    public Integer call() throws IOException, InterruptedException {
        new Cores("", cpu).pinLoader();
        LiveLine progress = LiveLine.onErr();
        List<PlanResult> results =
                new PlanBench(nodes, tasks, seed, warmup, rounds, progress::show).run();
        progress.clear();
        TextTable table =
                new TextTable(
                        "plan",
                        "ms",
                        "most ms",
                        "max/mean",
                        "min/mean",
                        "moves",
                        "expected",
                        "unplaced");
        for (PlanResult result : results) {
            table.row(
                    result.name(),
                    number("%,.1f", result.medianMs()),
                    number("%,.1f", result.mostMs()),
                    number("%.3f", result.balance()),
                    number("%.3f", result.least()),
                    number("%,.0f", result.moves()),
                    number("%,.0f", result.expected()),
                    number("%,.0f", result.unplaced()));
        }
        PrintWriter out = spec.commandLine().getOut();
        table.print(out);
        out.flush();
        return ExitCode.OK;
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
