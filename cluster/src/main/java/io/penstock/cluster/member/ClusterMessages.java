package io.penstock.cluster.member;

import io.penstock.cluster.NodeId;
import java.util.function.BiConsumer;

/**
 * Messages from node to node. Best effort: a message may be lost, late, doubled or overtaken, and
 * may reach a later incarnation of the node it was meant for. Whoever needs more, asks again.
 *
 * <p>Threading: any thread; never blocks.
 */
public interface ClusterMessages {
    /** Longest message. */
    int MAX_BODY_BYTES = 1 << 20;

    /** Messages to one node that are not written yet; beyond it they are dropped. */
    int MAX_UNWRITTEN = 256;

    /**
     * Sends, to a node that may be this one. The bytes must not change afterwards.
     *
     * @return whether it was taken; not, when it is too long, too many wait, or this node has left
     */
    boolean send(NodeId to, byte[] body);

    /**
     * Who gets what arrives, with the node that sent it. Called on the cluster's event loop, one
     * message at a time; must not block. What arrives before there is one is dropped.
     */
    void onMessage(BiConsumer<NodeId, byte[]> receiver);

    /** What became of messages so far. */
    Counts counts();

    /**
     * Counts since the node joined.
     *
     * @param sent taken for sending
     * @param refused not taken
     * @param lost taken, and known not to have been written
     * @param received given to the receiver
     * @param unheard arrived without a receiver, or of no known form
     */
    record Counts(long sent, long refused, long lost, long received, long unheard) {}
}
