package io.penstock.exporter.source.kafka;

import io.penstock.exporter.source.Lease;
import java.util.concurrent.atomic.AtomicInteger;

/** A lease that a test gives and takes. */
final class TestLease implements Lease {
    private final AtomicInteger stops = new AtomicInteger();
    private volatile boolean may = true;

    void may(boolean now) {
        may = now;
    }

    int stops() {
        return stops.get();
    }

    @Override
    public boolean mayStage() {
        return may;
    }

    @Override
    public void stopped() {
        stops.incrementAndGet();
    }
}
