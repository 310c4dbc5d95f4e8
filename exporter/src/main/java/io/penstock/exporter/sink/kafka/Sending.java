package io.penstock.exporter.sink.kafka;

import io.penstock.exporter.sink.Outcome;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * One delivery on its way to the brokers: hands its messages to Kafka's client, and gathers the
 * answers, which come on the client's own thread.
 *
 * <p>Threading: {@link #send} on the sink's context, once; the rest any thread.
 */
final class Sending {
    private final Cut cut;
    private final int records;

    /** Called once, when every message is answered. */
    private final Runnable whenDone;

    /** Answers that are missing, and one more while messages are handed over. */
    private final AtomicInteger open;

    // Guarded by this.
    private final BitSet again = new BitSet();
    private final BitSet refused;
    private String whyRefused;
    private @Nullable Exception fault;

    /** The brokers refuse a message of several records: smaller ones may do. */
    private boolean mustSplit;

    /**
     * @param records of the delivery
     */
    Sending(Cut cut, int records, Runnable whenDone) {
        this.cut = cut;
        this.records = records;
        this.whenDone = whenDone;
        open = new AtomicInteger(1 + cut.messages().size());
        refused = (BitSet) cut.refused().clone();
        whyRefused = cut.why();
    }

    /**
     * Hands the messages over; after the first that the client cannot take now no more, since each
     * might block.
     */
    void send(Producer<byte[], byte[]> producer) {
        for (Outgoing message = cut.next(); message != null; message = cut.next()) {
            if (fault() != null) {
                putOff(message.from(), message.to());
                answered();
            } else {
                send(producer, message);
            }
        }
        answered();
    }

    private void send(Producer<byte[], byte[]> producer, Outgoing message) {
        int from = message.from();
        int to = message.to();
        try {
            // without the message: see Cut#next
            var unused = producer.send(message, (place, failed) -> answered(from, to, failed));
        } catch (RuntimeException failed) {
            answered(from, to, failed);
        }
    }

    private void answered(int from, int to, @Nullable Exception failed) {
        if (failed != null) {
            failed(from, to, failed);
        }
        answered();
    }

    private void answered() {
        if (open.decrementAndGet() == 0) {
            whenDone.run();
        }
    }

    private synchronized void failed(int from, int to, Exception failed) {
        if (Faults.refuses(failed) && to - from > 1) {
            mustSplit = true;
            whyRefused = Faults.why(failed);
        } else if (Faults.refuses(failed)) {
            refused.set(from);
            whyRefused = Faults.why(failed);
        } else {
            again.set(from, to);
            // the others only follow from the first
            fault = fault == null ? failed : fault;
        }
    }

    private synchronized void putOff(int from, int to) {
        again.set(from, to);
    }

    /** The first error that has nothing to do with a single record, or null. */
    synchronized @Nullable Exception fault() {
        return fault;
    }

    /** Whether all that was cut has been taken; records that the cutter refused do not count. */
    synchronized boolean allTaken() {
        return again.isEmpty() && !mustSplit && refused.equals(cut.refused());
    }

    /** Whether the brokers refused records; one such has all of a transaction fail. */
    synchronized boolean isRefused() {
        return mustSplit || !refused.equals(cut.refused());
    }

    /** What becomes of a transaction that {@link #isRefused}: all others go again. */
    synchronized Outcome undone() {
        if (mustSplit || records == 1) {
            return new Outcome.Rejected(whyRefused);
        }
        BitSet others = new BitSet();
        others.set(0, records);
        others.andNot(refused);
        return new Outcome.PerRecord(others, (BitSet) refused.clone(), 0, whyRefused);
    }

    /** What became of the delivery, record by record, once every message is answered. */
    synchronized Outcome outcome() {
        if (mustSplit || (records == 1 && !refused.isEmpty())) {
            return new Outcome.Rejected(whyRefused);
        }
        Exception failed = fault;
        if (failed != null && again.cardinality() == records) {
            return Faults.retry(failed);
        }
        return again.isEmpty() && refused.isEmpty()
                ? Outcome.DELIVERED
                : new Outcome.PerRecord(
                        (BitSet) again.clone(),
                        (BitSet) refused.clone(),
                        Outcome.Retry.BACK_OFF,
                        failed == null ? whyRefused : Faults.why(failed),
                        failed == null ? Outcome.Cause.FAULT : Faults.cause(failed));
    }
}
