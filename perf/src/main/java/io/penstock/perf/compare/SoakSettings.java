package io.penstock.perf.compare;

import io.penstock.perf.side.Cores;
import io.penstock.perf.side.JvmOptions;
import io.penstock.perf.wire.Transport;
import java.nio.file.Path;

/**
 * What {@code bench soak} does.
 *
 * @param transport how batches travel
 * @param seconds length
 * @param beginningSeconds how much of it may still have full collections
 * @param heap {@code -Xmx} of the gateway, as {@code 256m}
 * @param ringMaxBytes disk budget of the repo, as in the configuration
 * @param cores who runs where
 * @param options options of the gateway's JVM, before the heap
 * @param directory room for the gateway's data; made and removed
 */
public record SoakSettings(
        Transport transport,
        double seconds,
        double beginningSeconds,
        String heap,
        String ringMaxBytes,
        Cores cores,
        JvmOptions options,
        Path directory) {}
