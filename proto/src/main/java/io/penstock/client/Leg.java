package io.penstock.client;

import java.net.URI;
import java.util.TreeSet;

/**
 * A server, and who pushes to it: sequences mean something there only. Threading: guarded by its
 * lane.
 */
final class Leg {
    /**
     * Between the oldest open sequence and the newest: half of the 256 that a server remembers, so
     * that a batch which is retried for long never falls out of that window.
     */
    static final int MAX_SPREAD = 128;

    private final URI endpoint;
    private final boolean owner;
    private final Producer producer;
    private final TreeSet<Long> open = new TreeSet<>();
    private long highestIssued;
    private long highestStaged;

    Leg(URI endpoint, boolean owner, Producer producer) {
        this.endpoint = endpoint;
        this.owner = owner;
        this.producer = producer;
    }

    URI endpoint() {
        return endpoint;
    }

    /** Whether an answer named it, rather than the program that made the client. */
    boolean owner() {
        return owner;
    }

    boolean kept() {
        return producer.kept();
    }

    /** Whether the next sequence would be too far from one that is still open. */
    boolean stretched() {
        return !open.isEmpty() && highestIssued - open.first() >= MAX_SPREAD;
    }

    /** Whether so many sequences came to nothing that the server would take the next for a jump. */
    boolean worn() {
        return highestStaged > 0 && highestIssued - highestStaged >= MAX_SPREAD;
    }

    Stamp issue() {
        highestIssued = producer.sequences().getAsLong();
        open.add(highestIssued);
        return new Stamp(producer.id(), highestIssued);
    }

    void staged(Stamp stamp) {
        highestStaged = Math.max(highestStaged, stamp.sequence());
        settled(stamp);
    }

    /** Staged, or never to be asked for again. */
    void settled(Stamp stamp) {
        open.remove(stamp.sequence());
    }
}
