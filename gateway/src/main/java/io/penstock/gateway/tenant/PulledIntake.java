package io.penstock.gateway.tenant;

import io.penstock.exporter.ring.SlotWriter;
import io.penstock.exporter.stage.Intake;
import io.penstock.exporter.stage.Offer;
import io.penstock.exporter.stage.Refusal;
import io.penstock.gateway.ingest.Fault;
import io.penstock.model.AckLevel;
import io.penstock.model.Receipt;
import io.penstock.model.RepoName;

/**
 * What sources fetch, held to the rates of its repo's owner: a batch counts as a request, and one
 * that is early is refused as full with the time to come back, on which a source pauses. Limits of
 * size and of requests in flight do not hold: a batch that is never taken would stop its source for
 * good, and one at a time is all that a source offers of a share.
 *
 * <p>Threading: confined to one event loop, like the intake behind it.
 */
final class PulledIntake implements Intake {
    private final Intake intake;
    private final Tenancy tenancy;

    PulledIntake(Intake intake, Tenancy tenancy) {
        this.intake = intake;
        this.tenancy = tenancy;
    }

    @Override
    public void offer(Offer offer) {
        RepoAccount account = tenancy.account(offer.repo());
        Fault early = account.pull(offer.bodyBytes());
        if (early == null) {
            intake.offer(new Pulled(offer, account));
        } else {
            offer.refused(new Refusal.Full(offer.repo(), early.retryAfterMs(), early.message()));
        }
    }

    private record Pulled(Offer offer, RepoAccount account) implements Offer {
        @Override
        public void accepted(Receipt receipt) {
            // what lay there already, after a rebalance, was counted when it came
            account.end(!receipt.duplicate(), bodyBytes());
            offer.accepted(receipt);
        }

        @Override
        public void refused(Refusal why) {
            account.end(false, bodyBytes());
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
}
