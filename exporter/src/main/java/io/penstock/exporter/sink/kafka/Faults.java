package io.penstock.exporter.sink.kafka;

import io.penstock.exporter.kafka.ClientFaults;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Outcome.Cause;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.ThrottlingQuotaExceededException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What errors of Kafka's client mean for the records, and for the export's limits. */
final class Faults {
    /** How deep causes are looked at. */
    private static final int MAX_DEPTH = 8;

    private Faults() {}

    /** Whether the topic will never take this record; others of its batch may be fine. */
    static boolean refuses(Throwable fault) {
        return fault instanceof RecordTooLargeException
                || fault instanceof RecordBatchTooLargeException
                || fault instanceof InvalidTimestampException;
    }

    /** Whether somebody else works under our transactional id now. */
    static boolean fences(Throwable fault) {
        return find(fault, ProducerFencedException.class) != null
                || find(fault, InvalidProducerEpochException.class) != null
                || find(fault, FencedInstanceIdException.class) != null;
    }

    static Outcome retry(Throwable fault) {
        return new Outcome.Retry(Outcome.Retry.BACK_OFF, why(fault), cause(fault));
    }

    static Cause cause(Throwable fault) {
        if (find(fault, ThrottlingQuotaExceededException.class) != null
                || find(fault, NotEnoughReplicasException.class) != null) {
            return Cause.BUSY;
        } else if (find(fault, DisconnectException.class) != null
                || find(fault, NetworkException.class) != null) {
            return Cause.DOWN;
        }
        TimeoutException late = find(fault, TimeoutException.class);
        if (late == null) {
            return Cause.FAULT;
        }
        String message = String.valueOf(late.getMessage());
        if (message.contains("Failed to allocate")) {
            return Cause.BUSY;
        }
        return message.contains("metadata") || message.contains("InitProducerId")
                ? Cause.DOWN
                : Cause.SLOW;
    }

    /** A few words, with the innermost cause, and the key that a person should look at. */
    static String why(Throwable fault) {
        return find(fault, RecordTooLargeException.class) == null
                ? ClientFaults.why(fault)
                : "max_record_bytes is over what the brokers take (message.max.bytes): "
                        + ClientFaults.why(fault);
    }

    private static <T extends Throwable> @Nullable T find(Throwable fault, Class<T> type) {
        Throwable each = fault;
        for (int depth = 0; each != null && depth < MAX_DEPTH; depth++) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
            each = each.getCause();
        }
        return null;
    }
}
