package io.penstock.exporter.stage;

import io.penstock.exporter.ring.SlotWriter;
import io.penstock.model.AckLevel;
import io.penstock.model.Receipt;
import io.penstock.model.RepoName;

/**
 * An offer on the way of another: whoever stands between a client and an intake hears how it ends.
 *
 * <p>Threading: as the offer within.
 */
public abstract class WrappedOffer implements Offer {
    private final Offer offer;

    /** Stands for this one. */
    protected WrappedOffer(Offer offer) {
        this.offer = offer;
    }

    @Override
    public void accepted(Receipt receipt) {
        offer.accepted(receipt);
    }

    @Override
    public void refused(Refusal why) {
        offer.refused(why);
    }

    @Override
    public RepoName repo() {
        return offer.repo();
    }

    @Override
    public AckLevel ack() {
        return offer.ack();
    }

    @Override
    public boolean inOrder() {
        return offer.inOrder();
    }

    @Override
    public int bodyBytes() {
        return offer.bodyBytes();
    }

    @Override
    public int records() {
        return offer.records();
    }

    @Override
    public byte encoding() {
        return offer.encoding();
    }

    @Override
    public long producerId() {
        return offer.producerId();
    }

    @Override
    public long sequence() {
        return offer.sequence();
    }

    @Override
    public long arrivedMs() {
        return offer.arrivedMs();
    }

    @Override
    public void writeBody(SlotWriter slot) {
        offer.writeBody(slot);
    }
}
