package io.penstock.perf.cli;

import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.terminal.LiveLine;
import io.penstock.perf.compare.Soak;
import io.penstock.perf.compare.SoakResult;
import io.penstock.perf.compare.SoakSettings;
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

/** {@code penstock bench soak}. */
@Command(
        name = "soak",
        description = "A long saturating load on a small heap, with one sink down.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class SoakCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private CoresOption cores;

    @Option(
            names = "--transport",
            defaultValue = "grpc",
            description = "grpc, http2 or http1; default: ${DEFAULT-VALUE}.")
    private String transport;

    @Option(
            names = "--seconds",
            defaultValue = "600",
            description = "How long; default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--beginning",
            defaultValue = "30",
            description =
                    "Seconds in which full collections do not count; default: ${DEFAULT-VALUE}.")
    private double beginning;

    @Option(
            names = "--heap",
            defaultValue = "256m",
            description = "-Xmx of the gateway; default: ${DEFAULT-VALUE}.")
    private String heap;

    @Option(
            names = "--ring",
            defaultValue = "1GiB",
            description = "Disk budget of the repo; default: ${DEFAULT-VALUE}.")
    private String ring;

    @Override
    public Integer call() throws IOException, InterruptedException {
        SoakSettings settings =
                new SoakSettings(
                        Transport.of(transport),
                        seconds,
                        beginning,
                        heap,
                        ring,
                        cores.cores(),
                        cores.options(),
                        cores.directory());
        SoakResult result = new Soak(settings, LiveLine.onErr()).run();
        List<String> faults = result.faults();
        PrintWriter out = spec.commandLine().getOut();
        print(result, out);
        faults.forEach(fault -> out.println("FAULT " + fault));
        out.flush();
        return faults.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private void print(SoakResult result, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%.0f s with -Xmx%s: %,d records, %,.0f MB/s, %,d refused%n",
                result.seconds(),
                heap,
                result.counts().records(),
                result.counts().bytes() / 1e6 / result.seconds(),
                result.counts().refused());
        out.printf(
                Locale.ROOT,
                "collections %,d, full %d (%d in the steady state), longest pause %.0f ms, heap"
                        + " after the last %.0f MB%n",
                result.gc().collections(),
                result.gc().full(),
                result.gc().fullLater(),
                result.gc().longestPauseMs(),
                result.gc().heapAfterMb());
        out.printf(
                Locale.ROOT,
                "memory: %.0f MB, peak %.0f MB, without mapped files %.0f MB%n",
                result.memory().rss(),
                result.memory().peak(),
                result.memory().anonymous());
        out.println("ledger over both exports: " + result.ledger());
    }
}
