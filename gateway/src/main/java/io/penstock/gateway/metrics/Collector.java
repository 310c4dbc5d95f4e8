package io.penstock.gateway.metrics;

/** Reads a room's counters. Called by the thread that asks for the page; must not block. */
@FunctionalInterface
public interface Collector {
    /** Writes whole families. */
    void collect(PrometheusText page);
}
