package io.penstock.gateway.grpc;

import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.Lane;
import io.penstock.gateway.ingest.PushOffer;
import io.penstock.model.Receipt;
import org.jspecify.annotations.Nullable;

/** A request of a call that waits for its turn to be answered. Used again and again. */
final class PushSlot extends PushOffer {
    private final PushCall call;
    private boolean done;
    private @Nullable Receipt receipt;
    private @Nullable Fault fault;

    PushSlot(Lane lane, PushCall call) {
        super(lane, call.entrant());
        this.call = call;
    }

    /** Forgets the request before. */
    void reset() {
        done = false;
        receipt = null;
        fault = null;
    }

    /** Whether the answer is there. */
    boolean done() {
        return done;
    }

    /** The good answer, or null where nothing was staged. */
    @Nullable Receipt receipt() {
        return receipt;
    }

    /** The bad answer, or null. */
    @Nullable Fault fault() {
        return fault;
    }

    /** The request got no further than the door. */
    void fail(Fault why) {
        letGo();
        answered(null, why);
    }

    /** The request is good, and there is nothing to stage. */
    void nothing() {
        letGo();
        answered(null, null);
    }

    @Override
    protected void answered(@Nullable Receipt good, @Nullable Fault bad) {
        receipt = good;
        fault = bad;
        done = true;
        call.answered(bad == null);
    }
}
