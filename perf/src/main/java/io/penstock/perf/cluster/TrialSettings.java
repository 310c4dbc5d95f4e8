package io.penstock.perf.cluster;

import io.penstock.perf.side.JvmOptions;
import java.nio.file.Path;

/**
 * How trials are run.
 *
 * @param nodes gateways that are started, all of them voters; 3 to 5
 * @param seconds of load before something is broken, and again when it is mended
 * @param repos that are pushed to at every node; each has one export, which is one task
 * @param moveLimitMs a dead node's tasks run elsewhere within
 * @param options of the gateways' JVMs
 * @param directory room for their data; a directory of each trial is made in it and removed
 */
public record TrialSettings(
        int nodes,
        double seconds,
        int repos,
        long moveLimitMs,
        JvmOptions options,
        Path directory) {

    /** What is promised at the default heartbeat and lease. */
    public static final long MOVE_LIMIT_MS = 5_000;

    static final int LEAST_NODES = 3;
    static final int MOST_NODES = 5;

    /** Checks the values. */
    public TrialSettings {
        if (nodes < LEAST_NODES || nodes > MOST_NODES) {
            throw new IllegalArgumentException("3 to 5 nodes, not " + nodes);
        }
        if (repos < nodes) {
            throw new IllegalArgumentException("a repo for each node at least");
        }
        if (seconds < 0) {
            throw new IllegalArgumentException("seconds must not be negative");
        }
    }

    long loadMs() {
        return (long) (seconds * 1_000);
    }
}
