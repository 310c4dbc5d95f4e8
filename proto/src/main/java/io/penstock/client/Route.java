package io.penstock.client;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Where the next new batch of a repo goes, and as whom. Every move takes a new producer: sequences
 * belong to the node that staged them, and what has no answer there stays bound to the leg it went
 * by.
 *
 * <p>Threading: guarded by its lane.
 */
final class Route {
    /** Between two moves to owners: those that change often are not chased. */
    static final long BETWEEN_MOVES_NS = 5_000_000_000L;

    /** After so many different owners none is followed any more. */
    private static final int MAX_OWNERS = 32;

    private final ClientSettings settings;
    private final LongSupplier nanoTime;
    private final Set<URI> owners = new HashSet<>();
    private int home;
    private Leg leg;
    private long movedNs;

    Route(ClientSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        Producer kept = settings.kept();
        this.leg =
                new Leg(settings.endpoints().get(0), false, kept == null ? Producer.fresh() : kept);
        this.movedNs = nanoTime.getAsLong() - BETWEEN_MOVES_NS;
    }

    Leg now() {
        return leg;
    }

    /** An answer said who is better asked; an empty list is no news. */
    void heard(Leg from, List<String> hint) {
        if (!settings.followOwners()
                || from != leg
                || hint.isEmpty()
                || nanoTime.getAsLong() - movedNs < BETWEEN_MOVES_NS) {
            return;
        }
        URI there;
        try {
            there = ClientBuilder.uri(hint.get(0), from.endpoint().getScheme());
        } catch (IllegalArgumentException noAddress) {
            return;
        }
        if (there.equals(leg.endpoint())
                || (!owners.contains(there) && owners.size() >= MAX_OWNERS)) {
            return;
        }
        owners.add(there);
        move(new Leg(there, true, Producer.fresh()));
    }

    /**
     * A server is of no use at present. From an owner the way leads home, from home to the next.
     */
    void leave(Leg from) {
        List<URI> homes = settings.endpoints();
        if (from != leg || from.kept() || (!from.owner() && homes.size() == 1)) {
            return;
        }
        if (!from.owner()) {
            home = (home + 1) % homes.size();
        }
        move(new Leg(homes.get(home), false, Producer.fresh()));
    }

    /** The same server, as a new producer. */
    void renew(Leg from) {
        if (from == leg && !from.kept()) {
            leg = new Leg(from.endpoint(), from.owner(), Producer.fresh());
        }
    }

    private void move(Leg next) {
        leg = next;
        movedNs = nanoTime.getAsLong();
    }
}
