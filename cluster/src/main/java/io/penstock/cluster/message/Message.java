package io.penstock.cluster.message;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.Orders;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one node says to another. Who said it is known from the transport. Moments
 * ({@code sentNs}) are of the clock of whoever asks, and come back to it unchanged: they mean
 * nothing to others. Lengths of time ({@code ...InNs}) are by the clock of whoever says them.
 *
 * <p>Threading: immutable.
 */
public sealed interface Message {

    /** Most tasks that a renewal names; a node does not run more. */
    int MAX_RUNNING = 16_384;

    /** Most fences in one message; more go in the next. */
    int MAX_FENCES = 512;

    /** Most nodes of a cluster. */
    int MAX_NODES = 16_384;

    /** What a voter makes of a renewal. */
    enum Verdict {
        /** The lease is renewed, as far as this voter goes. */
        YES,
        /** The node's table is older than the voter's floor for it. */
        OLD_TABLE,
        /** The node's table is of an epoch that the voter never heard of. */
        UNKNOWN_EPOCH,
        /** The node holds still for the new leader, but this voter did not name it as a holder. */
        NOT_A_HOLDER,
        /** Another process of that name may still hold a lease. */
        OTHER_INCARNATION,
        /** The voter has confirmed {@link Message#MAX_NODES} others. */
        TOO_MANY_NODES
    }

    /**
     * A task that its node may be running.
     *
     * @param task the task
     * @param since version of the row by which it was started
     */
    record Running(TaskKey task, Version since) {}

    /**
     * What voters shall refuse.
     *
     * @param node whose renewals
     * @param atLeast those with a table older than this
     */
    record Fence(NodeId node, Version atLeast) {}

    /**
     * When a fence is all that is left of a lease.
     *
     * @param fence the fence
     * @param clearInNs how long from now until no yes of the voter from before the fence counts
     */
    record Clear(Fence fence, long clearInNs) {}

    /**
     * A node to every voter: renew my lease.
     *
     * @param incarnation of the node's process; another one for each start
     * @param sentNs when, by the node's clock
     * @param table version of the table that the node goes by
     * @param frozenEpoch the node starts nothing by a table of an epoch smaller than this
     * @param seenEpoch the largest epoch that the node saw on anything
     * @param markEpoch epoch of the leader whose mark this is, 0 for none
     * @param mark the last mark that the node had from that leader
     * @param whole whether {@code running} says it all; else it is empty and says nothing
     * @param running what the node may be running
     */
    record Renew(
            long incarnation,
            long sentNs,
            Version table,
            long frozenEpoch,
            long seenEpoch,
            long markEpoch,
            long mark,
            boolean whole,
            List<Running> running)
            implements Message {
        /** Copies the list. */
        public Renew {
            running = List.copyOf(running);
        }
    }

    /**
     * A voter's answer to {@link Renew}.
     *
     * @param incarnation as asked
     * @param sentNs as asked
     * @param verdict yes, or why not
     * @param promisedEpoch the largest epoch that the voter promised
     * @param floor the least version that the voter accepts of this node
     * @param leader whom the voter takes for the leader
     */
    record RenewAnswer(
            long incarnation,
            long sentNs,
            Verdict verdict,
            long promisedEpoch,
            Version floor,
            @Nullable NodeId leader)
            implements Message {}

    /**
     * A candidate to every voter: let me lead.
     *
     * @param epoch in which
     * @param trial whether it only asks what the answer would be; nothing is promised then
     */
    record AskVote(long epoch, boolean trial) implements Message {}

    /**
     * A voter's answer to {@link AskVote}.
     *
     * @param epoch as asked
     * @param trial as asked
     * @param granted whether
     * @param promisedEpoch the largest epoch that the voter promised
     */
    record VoteAnswer(long epoch, boolean trial, boolean granted, long promisedEpoch)
            implements Message {}

    /**
     * The leader to every voter: renew my leadership, and refuse these. Accepting it means: of
     * tables older than {@code (epoch, 1)} only what runs already may go on.
     *
     * @param epoch of the leader
     * @param sentNs when, by the leader's clock
     * @param wantsHolders whether the answer shall name the nodes that may hold a lease
     * @param afterRevision the leader knows that the voter has all fences up to here
     * @param upToRevision the last that this message carries
     * @param fences those in between
     */
    record LeaderRenew(
            long epoch,
            long sentNs,
            boolean wantsHolders,
            long afterRevision,
            long upToRevision,
            List<Fence> fences)
            implements Message {
        /** Copies the list. */
        public LeaderRenew {
            fences = List.copyOf(fences);
        }
    }

    /**
     * A voter's answer to {@link LeaderRenew}.
     *
     * @param epoch as asked
     * @param sentNs as asked
     * @param accepted whether; if not, the voter promised a larger epoch
     * @param promisedEpoch the largest epoch that the voter promised
     * @param afterRevision as asked
     * @param upToRevision as asked
     * @param clears for each fence of the message, when it is clear
     * @param hasHolders whether {@code holders} and {@code unknownInNs} are filled
     * @param holders nodes that held a lease by this voter when it accepted the epoch
     * @param unknownInNs how long from now until no other node can hold one by this voter
     * @param ordersSince version of the orders that the voter has on its disk
     */
    record LeaderAnswer(
            long epoch,
            long sentNs,
            boolean accepted,
            long promisedEpoch,
            long afterRevision,
            long upToRevision,
            List<Clear> clears,
            boolean hasHolders,
            List<NodeId> holders,
            long unknownInNs,
            Version ordersSince)
            implements Message {
        /** Copies the lists. */
        public LeaderAnswer {
            clears = List.copyOf(clears);
            holders = List.copyOf(holders);
        }
    }

    /**
     * A leader to every voter: I do not lead any more, nor ever again in this epoch.
     *
     * @param epoch of the former leader
     */
    record Resigned(long epoch) implements Message {}

    /**
     * The leader to a node: renew at once, with everything that you run.
     *
     * @param epoch of the leader
     * @param mark revision of the fences that a majority has
     * @param newest the newest table that can be pulled; {@link Version#NONE} if there is none yet
     */
    record Hail(long epoch, long mark, Version newest) implements Message {}

    /**
     * A new leader to a voter whose orders are newer than its own: tell me.
     *
     * @param epoch of the leader
     */
    record AskOrders(long epoch) implements Message {}

    /**
     * A voter's answer to {@link AskOrders}.
     *
     * @param epoch as asked
     * @param orders what the voter has on its disk
     */
    record TellOrders(long epoch, Orders orders) implements Message {}

    /**
     * A node to the leader: somebody wants this. No matter of the member's.
     *
     * @param id by which the node knows the answer
     * @param basis version of the orders that the changes were made from; {@link Version#NONE} if
     *     they hold whatever there is
     * @param forced whether it shall be done even where that is unusual
     * @param changes new values by key; an empty one takes the entry away
     */
    record OrderRequest(
            long id, Version basis, boolean forced, SortedMap<String, Optional<String>> changes)
            implements Message {
        /** Copies the changes. */
        public OrderRequest {
            changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
        }
    }

    /**
     * The answer to {@link OrderRequest}.
     *
     * @param id as asked
     * @param verdict what became of it
     * @param version of the orders that have it, if it is done
     * @param why for a person, if it is not
     */
    record OrderAnswer(long id, OrderVerdict verdict, Version version, String why)
            implements Message {
        /** Longest reason, in characters. */
        public static final int MAX_WHY = 4_000;

        /** Cuts the reason. */
        public OrderAnswer {
            if (why.length() > MAX_WHY) {
                why = why.substring(0, MAX_WHY);
            }
        }
    }

    /** What became of an order. */
    enum OrderVerdict {
        /** A majority of the voters keeps it. */
        DONE,
        /** It makes no sense: a node, a key or a value that there is not. */
        WRONG,
        /**
         * It would do harm, or what it was made from has changed; may be forced, or tried again.
         */
        CONFLICT,
        /** Nobody could do it now, or it is not known whether it is done. */
        NOT_NOW
    }
}
