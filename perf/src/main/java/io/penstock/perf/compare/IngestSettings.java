package io.penstock.perf.compare;

import io.penstock.perf.report.RunCase;
import io.penstock.perf.side.Cores;
import io.penstock.perf.side.JvmOptions;
import io.penstock.perf.wire.Shape;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bench ingest} does.
 *
 * @param cases what to compare, in this order
 * @param seconds length of a measured window
 * @param warmupSeconds load on each side before the first window of a case
 * @param settleSeconds load before each window, for caches and connections
 * @param rounds windows per side
 * @param ratePerS requests per second; 0 = as many as go
 * @param shape requests at once; null = by the case
 * @param cores who runs where
 * @param options options of both JVMs
 * @param selfCheck the floor stands in for the gateway: every ratio should be 1, and how far it is
 *     from that is the noise of the machine
 * @param directory room for the gateways' data; made and removed
 */
public record IngestSettings(
        List<RunCase> cases,
        double seconds,
        double warmupSeconds,
        double settleSeconds,
        int rounds,
        double ratePerS,
        @Nullable Shape shape,
        Cores cores,
        JvmOptions options,
        boolean selfCheck,
        Path directory) {
    /** At least one case and one round of some length. */
    public IngestSettings {
        cases = List.copyOf(cases);
        if (cases.isEmpty() || rounds < 1 || seconds <= 0) {
            throw new IllegalArgumentException("nothing to measure");
        }
    }
}
