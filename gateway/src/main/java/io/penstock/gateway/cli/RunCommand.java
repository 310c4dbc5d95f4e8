package io.penstock.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code penstock run}. */
@Command(
        name = "run",
        description = "Runs a gateway until SIGTERM or Ctrl-C.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class RunCommand implements Callable<Integer> {
    @Mixin private ConfigOption config;

    @Override
    public Integer call() {
        config.load();
        return ExitCode.OK;
    }
}
