package io.penstock.perf.cli;

import picocli.CommandLine.Option;

/** Options of measurements in rounds: how long, how often, how warm. */
final class RoundsOption {
    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "Length of a round's measured load; default: ${DEFAULT-VALUE}.")
    private double seconds = 10;

    @Option(
            names = "--warmup",
            defaultValue = "15",
            description =
                    "Seconds of load before what is measured first; default: ${DEFAULT-VALUE}.")
    private double warmup = 15;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Rounds of each side or case; default: ${DEFAULT-VALUE}.")
    private int rounds = 3;

    double seconds() {
        return seconds;
    }

    double warmup() {
        return warmup;
    }

    int rounds() {
        return rounds;
    }
}
