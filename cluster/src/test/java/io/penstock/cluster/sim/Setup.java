package io.penstock.cluster.sim;

import io.penstock.cluster.election.Timing;
import io.penstock.cluster.lease.Wrong;

/**
 * What is simulated.
 *
 * @param timing what members wait
 * @param wrong what members get wrong
 * @param keepsVoterFile whether a voter's file is there after a restart
 * @param keepsOrders whether a voter's orders are
 */
record Setup(Timing timing, Wrong wrong, boolean keepsVoterFile, boolean keepsOrders) {
    static final Setup RIGHT = new Setup(Timing.usual(), Wrong.NOTHING, true, true);

    Setup with(Timing other) {
        return new Setup(other, wrong, keepsVoterFile, keepsOrders);
    }

    Setup with(Wrong other) {
        return new Setup(timing, other, keepsVoterFile, keepsOrders);
    }

    Setup forgettingVotes() {
        return new Setup(timing, wrong, false, keepsOrders);
    }

    Setup forgettingOrders() {
        return new Setup(timing, wrong, keepsVoterFile, false);
    }
}
