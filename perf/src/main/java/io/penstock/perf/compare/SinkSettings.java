package io.penstock.perf.compare;

import io.penstock.perf.side.Cores;
import io.penstock.perf.side.JvmOptions;
import io.penstock.perf.side.SinkKind;
import io.penstock.perf.wire.Transport;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code bench sinks} does.
 *
 * @param sinks sinks, one gateway each
 * @param transport how batches travel
 * @param seconds length of the load of a round
 * @param warmupSeconds load before the first round
 * @param rounds rounds per sink
 * @param ratePerS requests per second; 0 = as many as go
 * @param cores who runs where
 * @param options options of the gateway's JVM
 * @param directory room for the gateway's data; made and removed
 */
public record SinkSettings(
        List<SinkKind> sinks,
        Transport transport,
        double seconds,
        double warmupSeconds,
        int rounds,
        double ratePerS,
        Cores cores,
        JvmOptions options,
        Path directory) {
    /** The list is fixed. */
    public SinkSettings {
        sinks = List.copyOf(sinks);
    }
}
