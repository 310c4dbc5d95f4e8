package io.penstock.exporter.sink.kafka;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A delivery cut into Kafka records, before any of them is sent.
 *
 * <p>Threading: confined to the sink's context.
 */
final class Cut {
    private final Deque<Outgoing> messages = new ArrayDeque<>();
    private final BitSet refused = new BitSet();
    private String why = "";

    void add(Outgoing message) {
        messages.add(message);
    }

    /** A record that the topic would never take. */
    void refuse(int record, String reason) {
        refused.set(record);
        why = reason;
    }

    /** Those that were not taken for sending. */
    Collection<Outgoing> messages() {
        return messages;
    }

    /**
     * The next to send, null when there is none. Nobody keeps it: Kafka's client packs what it is
     * given, and thousands of records on their way, each twice, are what a collector has to copy.
     */
    @Nullable Outgoing next() {
        return messages.poll();
    }

    /** Records that are in no message, counted from 0. */
    BitSet refused() {
        return refused;
    }

    /** The last reason. */
    String why() {
        return why;
    }
}
