package io.penstock.perf.cluster;

/**
 * A delivery as it came to the target.
 *
 * @param ns when, by this process's clock that never goes back
 * @param node whose connection brought it
 * @param repo of its records
 * @param delivery number of its id, in the order in which ids came first
 */
record Arrival(long ns, String node, String repo, int delivery) {}
