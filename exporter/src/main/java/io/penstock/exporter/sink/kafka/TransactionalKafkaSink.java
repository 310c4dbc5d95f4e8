package io.penstock.exporter.sink.kafka;

import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.vertx.core.Future;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each delivery as a transaction: exactly once for readers with {@code read_committed}.
 *
 * <p>After any error the producer is given up, and the next delivery begins as after a crash: with
 * a new one, and what the brokers remember.
 *
 * <p>Threading: one worker at a time.
 */
final class TransactionalKafkaSink implements Sink {
    /** Two that work under one transactional id shall not fence each other all the time. */
    static final long FENCED_WAIT_MS = 30_000;

    private static final Logger LOG = LoggerFactory.getLogger(TransactionalKafkaSink.class);

    private final KafkaSinkConfig config;
    private final SinkContext surroundings;
    private final String transactionalId;
    private final Cutter cutter;
    private @Nullable TransactionLine line;
    private boolean closed;

    TransactionalKafkaSink(
            KafkaSinkConfig config, SinkContext surroundings, String transactionalId) {
        this.config = config;
        this.surroundings = surroundings;
        this.transactionalId = transactionalId;
        this.cutter = config.format().cutter(config);
        this.line = new TransactionLine(config, transactionalId);
    }

    @Override
    public Future<Outcome> deliver(Delivery delivery) {
        return Future.succeededFuture(
                closed
                        ? new Outcome.Retry(Outcome.Retry.BACK_OFF, "the sink is closed")
                        : attempt(delivery));
    }

    private Outcome attempt(Delivery delivery) {
        TransactionLine open;
        try {
            open = line == null ? new TransactionLine(config, transactionalId) : line;
        } catch (IllegalArgumentException unresolved) {
            // it was right when the sink was made: names resolve no more
            return new Outcome.Retry(
                    Outcome.Retry.BACK_OFF, Faults.why(unresolved), Outcome.Cause.DOWN);
        }
        line = open;
        return attempt(delivery, open);
    }

    private Outcome attempt(Delivery delivery, TransactionLine open) {
        Cut cut;
        try {
            open.begin();
            RecordRanges done = open.delivered(delivery.id()).seenIn(delivery);
            cut = cutter.cut(delivery, done, KafkaSink.partitions(config, open.producer()));
        } catch (MalformedBatchException malformed) {
            return new Outcome.Rejected(String.valueOf(malformed.getMessage()));
        } catch (KafkaException | IllegalStateException failed) {
            return giveUp(open, failed);
        }
        Sending sending = new Sending(cut, delivery.records(), () -> {});
        if (cut.messages().isEmpty()) {
            return sending.outcome();
        }
        try {
            return open.commit(delivery, cut, sending) ? sending.outcome() : giveUp(open, sending);
        } catch (KafkaException | IllegalStateException failed) {
            return giveUp(open, failed);
        }
    }

    /** Not all was taken, so nothing is. */
    private Outcome giveUp(TransactionLine open, Sending sending) {
        Exception fault = sending.fault();
        if (fault != null && !sending.isRefused()) {
            return giveUp(open, fault);
        }
        open.close();
        line = null;
        return sending.undone();
    }

    private Outcome giveUp(TransactionLine open, Exception failed) {
        open.close();
        line = null;
        if (!Faults.fences(failed)) {
            return Faults.retry(failed);
        }
        LOG.warn("export {}: somebody else works as {}", surroundings.subject(), transactionalId);
        return new Outcome.Retry(
                FENCED_WAIT_MS,
                "fenced: another process works as " + transactionalId,
                Outcome.Cause.FAULT);
    }

    @Override
    public Future<Void> close() {
        closed = true;
        TransactionLine open = line;
        line = null;
        if (open != null) {
            open.close();
        }
        return Future.succeededFuture();
    }
}
