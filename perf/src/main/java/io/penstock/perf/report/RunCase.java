package io.penstock.perf.report;

import io.penstock.perf.load.BatchSize;
import io.penstock.perf.wire.Transport;

/**
 * What is compared.
 *
 * @param transport how batches travel
 * @param batch how large they are
 * @param ack word of the level of acknowledgement
 * @param sink word of the gateway's sink
 */
public record RunCase(Transport transport, BatchSize batch, String ack, String sink) {
    /** For progress lines and charts. */
    public String label() {
        return transport.word() + " " + batch.word() + " " + ack + " " + sink;
    }
}
