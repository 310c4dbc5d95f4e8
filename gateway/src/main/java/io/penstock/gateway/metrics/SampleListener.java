package io.penstock.gateway.metrics;

import java.util.List;

/** Told of each sample of a page, in the order of the page. Called by the thread that asks. */
@FunctionalInterface
public interface SampleListener {
    /**
     * One sample.
     *
     * @param name as on the page, {@code _bucket}, {@code _sum} and {@code _count} included
     * @param labels names of its labels
     * @param values their values, in the same order
     * @param value may be infinite or no number
     */
    void sample(String name, List<String> labels, List<String> values, double value);
}
