package io.penstock.cluster.pull;

/** Where a node reads the table from, nearest first. L1 is what it holds in memory. */
public enum Level {
    /** L1's copy on the local disk: read once, at the start. */
    DISK,
    /** L2: the map that the cluster shares. */
    SHARED,
    /** The store. */
    STORE
}
