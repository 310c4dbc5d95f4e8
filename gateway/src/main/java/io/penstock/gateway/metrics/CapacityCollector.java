package io.penstock.gateway.metrics;

import io.penstock.gateway.catalog.NodeMetric;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;

/** Reads what a node carries, for whoever adds and removes nodes. Threading: any thread. */
public final class CapacityCollector implements Collector {
    private final DoubleSupplier usedRatio;
    private final IntSupplier wantedNodes;

    /** Reads these. */
    public CapacityCollector(DoubleSupplier usedRatio, IntSupplier wantedNodes) {
        this.usedRatio = usedRatio;
        this.wantedNodes = wantedNodes;
    }

    @Override
    public void collect(PrometheusText page) {
        page.single(NodeMetric.CAPACITY_USED, usedRatio.getAsDouble());
        page.single(NodeMetric.CAPACITY_WANTED, wantedNodes.getAsInt());
    }
}
