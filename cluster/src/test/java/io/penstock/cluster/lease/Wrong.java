package io.penstock.cluster.lease;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.election.Ballot;
import io.penstock.cluster.election.Timing;
import io.penstock.cluster.election.Voters;
import io.penstock.cluster.message.Message;
import io.penstock.cluster.message.Message.RenewAnswer;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/** Ways to get a member wrong, and members that are. */
public enum Wrong {
    /** Not at all. */
    NOTHING,
    /** A new leader takes what it was not told of to run nowhere. */
    NEW_LEADER_DOES_NOT_WAIT_FOR_WORDS,
    /** A voter lets nodes go on that it did not name to the new leader. */
    VOTER_ADMITS_WHOM_IT_DID_NOT_NAME,
    /** A lease counts from the answer, not from the request. */
    LEASE_COUNTS_FROM_THE_ANSWER,
    /** A release is over when the node says so, whatever it might say after a restart. */
    RELEASE_WITHOUT_A_FLOOR,
    /** A leader acts until somebody tells it of another. */
    LEADER_DOES_NOT_STEP_DOWN,
    /** A new leader goes by the orders that it has itself. */
    NEW_LEADER_DOES_NOT_LOOK_FOR_ORDERS,
    /** An order counts as soon as one voter keeps it. */
    ONE_VOTER_MAKES_AN_ORDER;

    /** A member that is wrong in this way. */
    public Member member(
            Member.Identity me,
            Member.Files files,
            RandomGenerator random,
            Surroundings around,
            long nowNs) {
        return new Member(me, files, random, around, nowNs, new WrongParts(this));
    }

    private static final class WrongParts extends MemberParts {
        private final Wrong wrong;

        WrongParts(Wrong wrong) {
            this.wrong = wrong;
        }

        @Override
        Voter voter(Timing timing, Ballot ballot, KeptOrders kept, long nowNs) {
            return new Voter(timing, ballot, kept, nowNs) {
                @Override
                boolean admits(NodeId node) {
                    return wrong == VOTER_ADMITS_WHOM_IT_DID_NOT_NAME || super.admits(node);
                }
            };
        }

        @Override
        NodeLease lease(
                Timing timing, Voters voters, NodeId self, long incarnation, Surroundings around) {
            return new NodeLease(timing, voters, self, incarnation, around) {
                @Override
                long basis(RenewAnswer answer, long nowNs) {
                    return wrong == LEASE_COUNTS_FROM_THE_ANSWER
                            ? nowNs
                            : super.basis(answer, nowNs);
                }
            };
        }

        @Override
        Leader leader(
                Timing timing,
                Voters voters,
                long epoch,
                BiConsumer<NodeId, Message> post,
                Surroundings around,
                long nowNs) {
            return new Leader(timing, voters, epoch, post, around, nowNs) {
                @Override
                boolean isSettled(long atNs) {
                    return wrong == NEW_LEADER_DOES_NOT_WAIT_FOR_WORDS || super.isSettled(atNs);
                }

                @Override
                boolean isProven(Holdings.Hold hold, Follower follower) {
                    return wrong == RELEASE_WITHOUT_A_FLOOR || super.isProven(hold, follower);
                }

                @Override
                boolean hasNewestOrders() {
                    return wrong == NEW_LEADER_DOES_NOT_LOOK_FOR_ORDERS || super.hasNewestOrders();
                }

                @Override
                int ordersQuorum() {
                    return wrong == ONE_VOTER_MAKES_AN_ORDER ? 1 : super.ordersQuorum();
                }

                @Override
                boolean isActing(long atNs) {
                    return wrong == LEADER_DOES_NOT_STEP_DOWN || super.isActing(atNs);
                }
            };
        }
    }
}
