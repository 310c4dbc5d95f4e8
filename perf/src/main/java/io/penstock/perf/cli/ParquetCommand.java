package io.penstock.perf.cli;

import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.terminal.LiveLine;
import io.penstock.gateway.terminal.TextTable;
import io.penstock.perf.parquet.ParquetBench;
import io.penstock.perf.parquet.WriterResult;
import io.penstock.perf.side.Cores;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code penstock bench parquet}. */
@Command(
        name = "parquet",
        description = "Rows to Parquet (ZSTD) on one core: ours, parquet-java's example, DuckDB.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ParquetCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--rows",
            defaultValue = "2500000",
            description = "Rows of an access log; default: ${DEFAULT-VALUE}.")
    private int rows;

    @Option(
            names = "--warmup",
            defaultValue = "1",
            description = "Rounds that do not count; default: ${DEFAULT-VALUE}.")
    private int warmup;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Rounds that count; default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--cpu",
            defaultValue = "0",
            description = "CPU that everything runs on; empty: any. Default: ${DEFAULT-VALUE}.")
    private String cpu;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".penstock/bench",
            description = "Room for the files; default: ${DEFAULT-VALUE}.")
    private Path directory;

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        new Cores("", cpu).pinLoader();
        List<WriterResult> results =
                new ParquetBench(directory, rows, warmup, rounds, LiveLine.onErr()).run();
        TextTable table = new TextTable("writer", "krows/s", "least", "most", "file MB", "ours is");
        double ours = results.get(0).median();
        for (WriterResult result : results) {
            table.row(
                    result.name(),
                    number("%,.0f", result.median() / 1e3),
                    number("%,.0f", result.least() / 1e3),
                    number("%,.0f", result.most() / 1e3),
                    number("%.1f", result.fileBytes() / 1e6),
                    number("%.2fx", ours / result.median()));
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
