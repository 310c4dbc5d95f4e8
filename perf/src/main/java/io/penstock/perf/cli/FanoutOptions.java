package io.penstock.perf.cli;

import io.penstock.perf.compare.FanoutSettings;
import picocli.CommandLine.Mixin;

/** The options that {@code bench fanout} and {@code bench encodes} share. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class FanoutOptions {
    @Mixin private CoresOption cores;
    @Mixin private RoundsOption load;

    FanoutSettings settings() {
        return new FanoutSettings(
                load.seconds(),
                load.warmup(),
                load.rounds(),
                cores.cores(),
                cores.options(),
                cores.directory());
    }
}
