package io.penstock.cluster.lease;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.election.Ballot;
import io.penstock.cluster.election.Timing;
import io.penstock.cluster.election.Voters;
import io.penstock.cluster.message.Message;
import java.util.function.BiConsumer;

/** Makes the parts of a member; tests make wrong ones. */
class MemberParts {

    Voter voter(Timing timing, Ballot ballot, KeptOrders kept, long nowNs) {
        return new Voter(timing, ballot, kept, nowNs);
    }

    NodeLease lease(
            Timing timing, Voters voters, NodeId self, long incarnation, Surroundings around) {
        return new NodeLease(timing, voters, self, incarnation, around);
    }

    Leader leader(
            Timing timing,
            Voters voters,
            long epoch,
            BiConsumer<NodeId, Message> post,
            Surroundings around,
            long nowNs) {
        return new Leader(timing, voters, epoch, post, around, nowNs);
    }
}
