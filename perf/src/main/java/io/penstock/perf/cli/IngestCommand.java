package io.penstock.perf.cli;

import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.terminal.LiveLine;
import io.penstock.perf.compare.IngestBench;
import io.penstock.perf.compare.IngestSettings;
import io.penstock.perf.load.BatchSize;
import io.penstock.perf.report.Host;
import io.penstock.perf.report.HtmlReport;
import io.penstock.perf.report.JsonReport;
import io.penstock.perf.report.Report;
import io.penstock.perf.report.RunCase;
import io.penstock.perf.report.TableReport;
import io.penstock.perf.side.SinkKind;
import io.penstock.perf.wire.Shape;
import io.penstock.perf.wire.Target;
import io.penstock.perf.wire.Transport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code penstock bench ingest}. */
@Command(
        name = "ingest",
        description = "Compares taking batches in with a server that drops them (the floor).",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class IngestCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private CoresOption cores;
    @Mixin private RoundsOption load;

    @Option(
            names = "--transport",
            split = ",",
            defaultValue = "grpc,http2,http1",
            description = "grpc, otlp, http2, http1; default: ${DEFAULT-VALUE}.")
    private List<String> transports;

    @Option(
            names = "--batch",
            split = ",",
            defaultValue = "64KiB",
            description =
                    "Sizes of batches: 64KiB, 256KiB, 1MiB, 1rec, ...; default: ${DEFAULT-VALUE}.")
    private List<String> batches;

    @Option(
            names = "--ack",
            split = ",",
            defaultValue = "staged",
            description = "staged, synced, delivered; default: ${DEFAULT-VALUE}.")
    private List<String> acks;

    @Option(
            names = "--sink",
            split = ",",
            defaultValue = "blackhole",
            description = "blackhole, file, http, otlp; default: ${DEFAULT-VALUE}.")
    private List<String> sinks;

    @Option(
            names = "--settle",
            defaultValue = "1",
            description = "Seconds of load before each window; default: ${DEFAULT-VALUE}.")
    private double settle;

    @Option(
            names = "--rate",
            paramLabel = "PER-SECOND",
            defaultValue = "0",
            description =
                    "Requests started per second, whatever the server does; 0: as many as go.")
    private double rate;

    @Option(names = "--connections", description = "Connections; default: by the case.")
    private @Nullable Integer connections;

    @Option(names = "--streams", description = "Requests at once on each; default: by the case.")
    private @Nullable Integer streams;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the numbers as JSON.")
    private @Nullable Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "Writes a page with plots.")
    private @Nullable Path html;

    @Option(
            names = "--self-check",
            description =
                    "Floor against floor: ratios that differ from 1 are the noise of the machine.")
    private boolean selfCheck;

    @Override
    public Integer call() throws IOException, InterruptedException {
        IngestSettings settings = settings();
        Host host =
                Host.here(
                        settings.cores(),
                        settings.options(),
                        "penstock "
                                + String.join(
                                        " ", spec.commandLine().getParseResult().originalArgs()));
        List<Report> last = new ArrayList<>();
        new IngestBench(settings, LiveLine.onErr())
                .run(
                        (runs, failures) -> {
                            last.clear();
                            last.add(new Report(host, runs, failures));
                            write(last.get(0));
                        });
        Report report = last.get(0);
        PrintWriter out = spec.commandLine().getOut();
        TableReport.print(report, out);
        out.flush();
        return report.failures().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private IngestSettings settings() {
        Shape shape =
                connections == null && streams == null
                        ? null
                        : new Shape(
                                connections == null ? 1 : connections,
                                streams == null ? 1 : streams);
        try {
            return new IngestSettings(
                    cases(),
                    load.seconds(),
                    load.warmup(),
                    settle,
                    load.rounds(),
                    rate,
                    shape,
                    cores.cores(),
                    cores.options(),
                    selfCheck,
                    cores.directory());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private List<RunCase> cases() {
        List<RunCase> cases = new ArrayList<>();
        for (String transport : transports) {
            for (String batch : batches) {
                for (String sink : sinks) {
                    for (String ack : acks) {
                        String level = new Target("", 0, "", Target.ackOf(ack)).ackWord();
                        String kind = SinkKind.of(sink).word();
                        cases.add(
                                new RunCase(
                                        Transport.of(transport), BatchSize.of(batch), level, kind));
                    }
                }
            }
        }
        return cases;
    }

    /** After every case, so that a long run that is broken off leaves what it had. */
    private void write(Report report) {
        try {
            if (json != null) {
                JsonReport.write(report, json);
            }
            if (html != null) {
                HtmlReport.write(report, html);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report", e);
        }
    }
}
