package io.penstock.perf.cli;

import io.penstock.perf.compare.FanoutSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that {@code bench fanout} and {@code bench encodes} share. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class FanoutOptions {
    @Mixin private CoresOption cores;

    @Option(
            names = "--seconds",
            defaultValue = "5",
            description = "Length of the load of a round; default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--warmup",
            defaultValue = "15",
            description = "Seconds of load before the first round; default: ${DEFAULT-VALUE}.")
    private double warmup;

    @Option(
            names = "--rounds",
            defaultValue = "2",
            description = "Rounds per case; default: ${DEFAULT-VALUE}.")
    private int rounds;

    FanoutSettings settings() {
        return new FanoutSettings(
                seconds, warmup, rounds, cores.cores(), cores.options(), cores.directory());
    }
}
