package io.penstock.perf.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code penstock bench}. */
@Command(
        name = "bench",
        description = "Measures the gateway, side by side with a server that drops everything.",
        mixinStandardHelpOptions = true,
        subcommands = {
            IngestCommand.class,
            SinksCommand.class,
            SoakCommand.class,
            ParquetCommand.class,
            KafkaCommand.class,
            FanoutCommand.class,
            EncodesCommand.class,
            PlanCommand.class,
            TlsCommand.class,
            ClusterCommand.class
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BenchCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "bench what?");
    }
}
