package io.penstock.cluster.lease;

import io.penstock.cluster.Version;

/**
 * A task that was started on this node and has not said that it has stopped.
 *
 * @param since version of the row by which it was started
 * @param state what it was told
 * @param cutNs when it may not deliver any more, whatever the lease; far away while it may go on
 */
record Run(Version since, State state, long cutNs) {

    enum State {
        LIVE,
        RELEASING,
        CUT
    }

    static Run started(Version since) {
        return new Run(since, State.LIVE, Long.MAX_VALUE);
    }

    Run releasing() {
        return new Run(since, State.RELEASING, cutNs);
    }

    Run cutAt(long atNs) {
        return new Run(since, State.CUT, Math.min(cutNs, atNs));
    }
}
