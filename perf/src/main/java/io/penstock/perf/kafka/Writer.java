package io.penstock.perf.kafka;

import io.penstock.perf.side.ChildJvm;
import io.penstock.perf.side.GatewaySide;

/**
 * A process that writes to a topic.
 *
 * @param handle the process
 * @param end ends it
 */
record Writer(ProcessHandle handle, Runnable end) implements AutoCloseable {
    static Writer of(GatewaySide gateway) {
        return new Writer(gateway.handle(), gateway::close);
    }

    static Writer of(ChildJvm child) {
        return new Writer(child.handle(), child::close);
    }

    @Override
    public void close() {
        end.run();
    }
}
