package io.penstock.exporter.fanout;

import io.penstock.exporter.sink.Outcome;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One delivery in the sink's hands.
 *
 * <p>Threading: confined to the export's context.
 */
final class Attempt {
    private final LentDelivery delivery;
    private final @Nullable Slice slice;
    private final Consumer<Outcome> then;
    private final int round;
    private long timer = -1;

    /**
     * An attempt.
     *
     * @param slice null for a replay
     * @param then what to do with the outcome
     * @param round failures that came before it was started
     */
    Attempt(LentDelivery delivery, @Nullable Slice slice, Consumer<Outcome> then, int round) {
        this.delivery = delivery;
        this.slice = slice;
        this.then = then;
        this.round = round;
    }

    LentDelivery delivery() {
        return delivery;
    }

    @Nullable Slice slice() {
        return slice;
    }

    Consumer<Outcome> then() {
        return then;
    }

    int round() {
        return round;
    }

    long timer() {
        return timer;
    }

    void timer(long id) {
        timer = id;
    }
}
