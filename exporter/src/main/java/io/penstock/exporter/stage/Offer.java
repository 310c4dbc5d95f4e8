package io.penstock.exporter.stage;

import io.penstock.exporter.ring.PutEntry;
import io.penstock.model.AckLevel;
import io.penstock.model.Receipt;
import io.penstock.model.RepoName;

/**
 * A batch offered to a stage: the body, what the client wants to rest on, and the two ways to
 * answer. Exactly one of {@link #accepted} and {@link #refused} is called, once, on the event loop
 * that offered.
 *
 * <p>The body must stay readable until then.
 */
public interface Offer extends PutEntry {
    /** Where it goes. */
    RepoName repo();

    /** When to answer. */
    AckLevel ack();

    /** The batch is as safe as asked for. */
    void accepted(Receipt receipt);

    /** The batch was not taken (or, for {@link Refusal.AckTimeout}, not confirmed in time). */
    void refused(Refusal why);
}
