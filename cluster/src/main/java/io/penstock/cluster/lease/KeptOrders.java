package io.penstock.cluster.lease;

import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.Decoded;
import io.penstock.cluster.assignment.Orders;
import io.penstock.cluster.assignment.TableCodec;
import io.penstock.cluster.election.Confirmations;
import io.penstock.cluster.election.Timing;
import io.penstock.cluster.election.VoterFile;
import java.io.IOException;

/**
 * The newest orders that a voter has on its disk. What it told a leader it has is there after a
 * restart: that is what an order's survival rests on.
 */
final class KeptOrders {
    private final VoterFile file;
    private Orders orders = Orders.NONE;
    private String fault = "";
    private long againAtNs = Confirmations.NEVER;

    KeptOrders(VoterFile file) {
        this.file = file;
        try {
            byte[] content = file.read();
            if (content != null) {
                read(content);
            }
        } catch (IOException e) {
            fault = "the voter's orders " + e.getMessage();
        }
    }

    private void read(byte[] content) {
        Decoded decoded = TableCodec.decode(content);
        if (decoded instanceof Decoded.Table good) {
            orders = good.table().orders();
        } else if (decoded instanceof Decoded.Refused refused) {
            fault = "the voter's orders: " + refused.why();
        }
    }

    /** Why nothing is known of what it kept; empty if it is known. */
    String fault() {
        return fault;
    }

    Orders orders() {
        return orders;
    }

    Version since() {
        return orders.since();
    }

    /** Keeps newer orders; tries again a round later if the disk does not take them. */
    void keep(Orders newer, Timing timing, long nowNs) {
        if (!newer.since().supersedes(since()) || !fault.isEmpty() || nowNs < againAtNs) {
            return;
        }
        try {
            file.write(TableCodec.encode(newer.alone()));
            orders = newer;
        } catch (IOException full) {
            // not kept, so not said to be: a leader waits for it, and it is tried again
            againAtNs = nowNs + timing.roundNs();
        }
    }
}
