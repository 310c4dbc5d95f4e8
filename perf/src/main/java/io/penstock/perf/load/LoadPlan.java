package io.penstock.perf.load;

import io.penstock.perf.wire.Batch;
import io.penstock.perf.wire.Shape;
import io.penstock.perf.wire.Target;
import io.penstock.perf.wire.Transport;
import java.util.List;

/**
 * What a session does.
 *
 * @param transport how batches travel
 * @param target where to
 * @param batches different batches, given to the exchanges in turn
 * @param shape connections and requests at once
 * @param ratePerS requests started per second whatever the server does; 0 = a new one for every
 *     answer
 */
public record LoadPlan(
        Transport transport, Target target, List<Batch> batches, Shape shape, double ratePerS) {

    /** A plan needs something to send, over something. */
    public LoadPlan {
        if (batches.isEmpty() || shape.connections() < 1 || shape.streams() < 1 || ratePerS < 0) {
            throw new IllegalArgumentException("nothing to send, or no way to: " + shape);
        }
        batches = List.copyOf(batches);
    }

    /** Requests at once. */
    public int exchanges() {
        return shape.connections() * (transport == Transport.HTTP1 ? 1 : shape.streams());
    }
}
