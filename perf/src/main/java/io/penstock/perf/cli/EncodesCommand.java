package io.penstock.perf.cli;

import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.terminal.LiveLine;
import io.penstock.gateway.terminal.TextTable;
import io.penstock.perf.compare.EncodesBench;
import io.penstock.perf.compare.EncodesRound;
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

/** {@code penstock bench encodes}. */
@Command(
        name = "encodes",
        description = "Ingest with and without eight Parquet encodes that want to run.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class EncodesCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private FanoutOptions options;

    @Option(
            names = "--fill",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description =
                    "How long the eight are filled, 120,000 records a second; default:"
                            + " ${DEFAULT-VALUE}.")
    private double fill;

    @Option(
            names = "--max-age",
            paramLabel = "SECONDS",
            defaultValue = "40",
            description = "Age at which they begin; default: ${DEFAULT-VALUE}.")
    private double maxAge;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<EncodesRound> rounds =
                new EncodesBench(options.settings(), fill, maxAge, LiveLine.onErr()).run();
        TextTable table =
                new TextTable(
                        "krec/s without", "with", "share", "encodes at the start", "at the end");
        for (EncodesRound round : rounds) {
            table.row(
                    String.format(Locale.ROOT, "%,.0f", round.alonePerS() / 1e3),
                    String.format(Locale.ROOT, "%,.0f", round.amongPerS() / 1e3),
                    String.format(Locale.ROOT, "%.2f", round.share()),
                    Integer.toString(round.encodesBefore()),
                    Integer.toString(round.encodesAfter()));
        }
        PrintWriter out = spec.commandLine().getOut();
        table.print(out);
        out.flush();
        return ExitCode.OK;
    }
}
