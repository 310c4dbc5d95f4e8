package io.penstock.gateway.tenant;

import io.penstock.exporter.stage.Intake;
import io.penstock.exporter.stage.Offer;
import io.penstock.exporter.stage.Refusal;
import io.penstock.exporter.stage.WrappedOffer;
import io.penstock.gateway.ingest.Fault;
import io.penstock.model.Receipt;

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

    private static final class Pulled extends WrappedOffer {
        private final RepoAccount account;

        Pulled(Offer offer, RepoAccount account) {
            super(offer);
            this.account = account;
        }

        @Override
        public void accepted(Receipt receipt) {
            // what lay there already, after a rebalance, was counted when it came
            account.end(!receipt.duplicate(), bodyBytes());
            super.accepted(receipt);
        }

        @Override
        public void refused(Refusal why) {
            account.end(false, bodyBytes());
            super.refused(why);
        }
    }
}
