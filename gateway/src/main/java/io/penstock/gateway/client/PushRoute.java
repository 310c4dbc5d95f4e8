package io.penstock.gateway.client;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a pusher's next batch goes, and as whom. A producer and its sequences belong to the node
 * that staged them: a batch without an answer is asked again there, and another node is pushed to
 * by another producer. So a move to an owner waits until everything is answered; the way back from
 * an owner that cannot be reached does not, and leaves to that owner what it did not answer.
 *
 * <p>Threading: {@link #now} and {@link #move} on the pusher's thread, the hints on any.
 */
final class PushRoute {
    /** Between two moves: owners that change often are not chased. */
    static final long BETWEEN_MOVES_NS = 5_000_000_000L;

    private final @Nullable PushWays ways;
    private final LongSupplier nanoTime;
    private final AtomicReference<@Nullable String> wish = new AtomicReference<>();
    private volatile Leg leg;
    private volatile boolean lost;
    private long movedNs;

    /** A server, and who pushes to it. */
    record Leg(PushClient client, ProducerIdentity producer, String owner) {
        boolean isHome() {
            return owner.isEmpty();
        }
    }

    /**
     * Begins at home.
     *
     * @param ways null where hints are not followed
     */
    PushRoute(
            PushClient home,
            ProducerIdentity producer,
            @Nullable PushWays ways,
            LongSupplier nanoTime) {
        this.ways = ways;
        this.nanoTime = nanoTime;
        this.leg = new Leg(home, producer, "");
        this.movedNs = nanoTime.getAsLong() - BETWEEN_MOVES_NS;
    }

    Leg now() {
        return leg;
    }

    /** An answer said who is better asked; an empty list is no news. */
    void heard(Leg from, PushAnswer.Staged answer) {
        if (ways != null && from.equals(leg) && !answer.owners().isEmpty()) {
            wish.set(answer.owners().get(0));
        }
    }

    /** A server did not answer at all. */
    void unreached(Leg from) {
        if (from.equals(leg) && !from.isHome()) {
            lost = true;
        }
    }

    /** Whether the next batch should go home, now. */
    boolean mustGoHome() {
        return lost;
    }

    /** Whether the next batch should go elsewhere, as soon as everything is answered. */
    boolean wantsToMove() {
        String address = wish.get();
        return address != null
                && !address.equals(leg.owner)
                && nanoTime.getAsLong() - movedNs >= BETWEEN_MOVES_NS;
    }

    /** Not now: something has no answer. */
    void stay() {
        movedNs = nanoTime.getAsLong();
    }

    /** Goes home, or where the last hint said; everything is answered, or never will be. */
    void move() {
        PushWays there = ways;
        if (there == null) {
            return;
        }
        String address = wish.getAndSet(null);
        PushClient client = lost || address == null ? null : there.owner(address);
        if (client != null && address != null) {
            leg = new Leg(client, ProducerIdentity.fresh(), address);
        } else if (lost) {
            leg = new Leg(there.home(), ProducerIdentity.fresh(), "");
        }
        lost = false;
        movedNs = nanoTime.getAsLong();
    }
}
