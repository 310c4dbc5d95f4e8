package io.penstock.exporter.sink.kafka;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A delivery cut into Kafka records, before any of them is sent.
 *
 * <p>Threading: confined to the sink's context.
 */
final class Cut {
    private final List<Outgoing> messages = new ArrayList<>();
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

    List<Outgoing> messages() {
        return messages;
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
