package io.penstock.perf.cli;

import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.terminal.LiveLine;
import io.penstock.gateway.terminal.TextTable;
import io.penstock.perf.compare.FanoutBench;
import io.penstock.perf.compare.FanoutCase;
import io.penstock.perf.side.BrokerSide;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code penstock bench fanout}. */
@Command(
        name = "fanout",
        description =
                "One repo with one export and with six: what ingest costs, how far each lags.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class FanoutCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private FanoutOptions options;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (!BrokerSide.isHere()) {
            out.println("no class path of a Kafka broker: run from a checkout that was built");
            out.flush();
            return ExitCode.FAILED;
        }
        List<FanoutCase> cases = new FanoutBench(options.settings(), LiveLine.onErr()).run();
        TextTable table =
                new TextTable(
                        "exports",
                        "records",
                        "ingest krec/s",
                        "CPU s per M records",
                        "drained in s",
                        "most behind, MB");
        for (FanoutCase each : cases) {
            table.row(
                    each.name(),
                    format("%,.0f", (double) each.records()),
                    format("%,.0f", each.ingestPerS() / 1e3),
                    format("%.2f", each.cpuPerMillion()),
                    format("%.1f", each.drainSeconds()),
                    each.lagBytes().entrySet().stream()
                            .map(lag -> lag.getKey() + " " + format("%.0f", lag.getValue() / 1e6))
                            .collect(Collectors.joining(", ")));
        }
        table.print(out);
        conclude(cases, out);
        out.flush();
        return ExitCode.OK;
    }

    private static void conclude(List<FanoutCase> cases, PrintWriter out) {
        double one = cases.get(0).cpuPerMillion();
        FanoutCase all = cases.get(cases.size() - 1);
        double exports = 0;
        for (FanoutCase alone : cases.subList(1, cases.size() - 1)) {
            exports += Math.max(0, alone.cpuPerMillion() - one);
        }
        double left = all.cpuPerMillion() - exports;
        out.printf(
                Locale.ROOT,
                "ingest among all: %.2f CPU s per M records of %.2f are left when the exports are paid"
                        + " (%.2f); rate per CPU left to that of one export: %.2f%n",
                left,
                all.cpuPerMillion(),
                exports,
                one / left);
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
