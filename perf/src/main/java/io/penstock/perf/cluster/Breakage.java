package io.penstock.perf.cluster;

import io.penstock.perf.network.Skipped;
import java.io.IOException;

/** Breaks something, looks what comes of it, and mends it. */
@FunctionalInterface
interface Breakage {
    /**
     * Does it.
     *
     * @throws LateException when what was waited for did not come
     * @throws Skipped when this machine lacks what it takes
     */
    void happen(Cluster cluster) throws IOException, InterruptedException, LateException, Skipped;
}
