package io.penstock.perf.cli;

import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.terminal.LiveLine;
import io.penstock.gateway.terminal.TextTable;
import io.penstock.perf.compare.TlsBench;
import io.penstock.perf.compare.TlsRound;
import io.penstock.perf.load.BatchSize;
import io.penstock.perf.report.Metric;
import io.penstock.perf.report.SideNumbers;
import io.penstock.perf.wire.Transport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code penstock bench tls}. */
@Command(
        name = "tls",
        description = "Ingest without TLS, with OpenSSL's, with the JDK's, side by side.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class TlsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private FanoutOptions options;

    @Option(
            names = "--transport",
            defaultValue = "grpc",
            description = "grpc, http2 or http1; default: ${DEFAULT-VALUE}.")
    private String transport;

    @Option(
            names = "--batch",
            defaultValue = "64KiB",
            description = "Size of batches, as bench ingest takes it; default: ${DEFAULT-VALUE}.")
    private String batch;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<TlsRound> all =
                new TlsBench(
                                options.settings(),
                                Transport.of(transport),
                                BatchSize.of(batch),
                                LiveLine.onErr())
                        .run();
        List<SideNumbers> without = all.get(0).rounds();
        TextTable table =
                new TextTable(
                        "tls",
                        "MB/s",
                        "of none",
                        "CPU s/GB",
                        "of none",
                        "cores",
                        "loader",
                        "others");
        for (TlsRound each : all) {
            SideNumbers median = SideNumbers.median(each.rounds());
            table.row(
                    each.what(),
                    range(Metric.MB_PER_S, each.rounds()),
                    share(Metric.MB_PER_S, each.rounds(), without),
                    range(Metric.CPU_S_PER_GB, each.rounds()),
                    share(Metric.CPU_S_PER_GB, each.rounds(), without),
                    Metric.CORES.format(median.get(Metric.CORES)),
                    Metric.LOADER_CORES.format(median.get(Metric.LOADER_CORES)),
                    Metric.FOREIGN_CORES.format(median.get(Metric.FOREIGN_CORES)));
        }
        PrintWriter out = spec.commandLine().getOut();
        table.print(out);
        out.flush();
        return ExitCode.OK;
    }

    /** Median, and least to most. */
    private static String range(Metric metric, List<SideNumbers> rounds) {
        return metric.format(SideNumbers.median(rounds).get(metric))
                + " ("
                + metric.format(SideNumbers.least(rounds).get(metric))
                + "-"
                + metric.format(SideNumbers.most(rounds).get(metric))
                + ")";
    }

    /** Of the medians, and from least over most to most over least. */
    private static String share(
            Metric metric, List<SideNumbers> rounds, List<SideNumbers> without) {
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f-%.2f)",
                SideNumbers.median(rounds).get(metric) / SideNumbers.median(without).get(metric),
                SideNumbers.least(rounds).get(metric) / SideNumbers.most(without).get(metric),
                SideNumbers.most(rounds).get(metric) / SideNumbers.least(without).get(metric));
    }
}
