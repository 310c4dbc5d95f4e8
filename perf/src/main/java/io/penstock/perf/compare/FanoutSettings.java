package io.penstock.perf.compare;

import io.penstock.perf.side.Cores;
import io.penstock.perf.side.JvmOptions;
import java.nio.file.Path;

/**
 * What {@code bench fanout} and {@code bench encodes} do.
 *
 * @param seconds length of the load of a round
 * @param warmupSeconds load before the first round
 * @param rounds rounds per case
 * @param cores who runs where
 * @param options options of the gateway's JVM
 * @param directory room for the gateway's data; made and removed
 */
public record FanoutSettings(
        double seconds,
        double warmupSeconds,
        int rounds,
        Cores cores,
        JvmOptions options,
        Path directory) {}
