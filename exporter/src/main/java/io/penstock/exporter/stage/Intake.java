package io.penstock.exporter.stage;

/**
 * The one door into the stages of this node, one instance per ingress event loop. Checks room
 * (node, repo), remembers producers, coalesces small offers of one repo into one append, opens a
 * repo's ring on first use, and answers each offer when it is as safe as it asked to be.
 *
 * <p>Threading: confined to one event loop.
 */
public interface Intake {
    /** Offers a batch. Small ones may be held until the end of the event loop's present turn. */
    void offer(Offer offer);
}
