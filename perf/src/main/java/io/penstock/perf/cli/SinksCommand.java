package io.penstock.perf.cli;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.terminal.LiveLine;
import io.penstock.gateway.terminal.TextTable;
import io.penstock.perf.compare.SinkBench;
import io.penstock.perf.compare.SinkRound;
import io.penstock.perf.compare.SinkSettings;
import io.penstock.perf.side.SinkKind;
import io.penstock.perf.wire.Transport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code penstock bench sinks}. */
@Command(
        name = "sinks",
        description = "Records per CPU second of the whole gateway, with sinks that decode.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class SinksCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private CoresOption cores;
    @Mixin private RoundsOption load;

    @Option(
            names = "--sink",
            split = ",",
            defaultValue = "file,http",
            description = "file, http, otlp, blackhole; default: ${DEFAULT-VALUE}.")
    private List<String> sinks;

    @Option(
            names = "--transport",
            defaultValue = "grpc",
            description = "grpc, otlp, http2 or http1; default: ${DEFAULT-VALUE}.")
    private String transport;

    @Option(
            names = "--rate",
            paramLabel = "PER-SECOND",
            defaultValue = "0",
            description =
                    "Requests started per second, whatever the server does; 0: as many as go.")
    private double rate;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the numbers as JSON.")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        SinkSettings settings =
                new SinkSettings(
                        sinks.stream().map(SinkKind::of).toList(),
                        Transport.of(transport),
                        load.seconds(),
                        load.warmup(),
                        load.rounds(),
                        rate,
                        cores.cores(),
                        cores.options(),
                        cores.directory());
        List<SinkRound> results = new SinkBench(settings, LiveLine.onErr()).run();
        TextTable table =
                new TextTable(
                        "sink",
                        "records",
                        "CPU s",
                        "records per CPU s",
                        "seconds",
                        "cores of others");
        for (SinkRound round : results) {
            table.row(
                    round.sink(),
                    String.format(Locale.ROOT, "%,d", round.records()),
                    String.format(Locale.ROOT, "%.2f", round.cpuSeconds()),
                    String.format(Locale.ROOT, "%,.0f", round.recordsPerCpuSecond()),
                    String.format(Locale.ROOT, "%.1f", round.seconds()),
                    String.format(Locale.ROOT, "%.2f", round.foreignCores()));
        }
        PrintWriter out = spec.commandLine().getOut();
        table.print(out);
        out.flush();
        if (json != null) {
            write(results, json);
        }
        return ExitCode.OK;
    }

    private static void write(List<SinkRound> rounds, Path file) throws IOException {
        JsonFactory factory = new JsonFactory();
        try (JsonGenerator out = factory.createGenerator(file.toFile(), JsonEncoding.UTF8)) {
            out.useDefaultPrettyPrinter();
            out.writeStartObject();
            out.writeArrayFieldStart("rounds");
            for (SinkRound round : rounds) {
                out.writeStartObject();
                out.writeStringField("sink", round.sink());
                out.writeNumberField("records", round.records());
                out.writeNumberField("cpuSeconds", round.cpuSeconds());
                out.writeNumberField("recordsPerCpuS", round.recordsPerCpuSecond());
                out.writeNumberField("seconds", round.seconds());
                out.writeNumberField("foreignCores", round.foreignCores());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
    }
}
