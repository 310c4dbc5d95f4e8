package io.penstock.cluster.member;

import io.penstock.cluster.NodeId;
import java.util.Comparator;
import java.util.List;

/**
 * A heartbeat's content: what a node says about itself.
 *
 * <p>Threading: immutable.
 *
 * @param node who
 * @param incarnation which start of it
 * @param sequence number of the report since that start, from 1
 * @param sentMs when, by the sender's clock; for people, never for decisions
 * @param data {@code host:port} of the data port; empty while it does not listen
 * @param admin {@code host:port} of the admin port; empty while it does not listen
 * @param leaving whether it is about to stop, and wants to be rid of its tasks
 * @param use what of its machine is in use
 * @param exports what it exports, the most bytes per second and then the largest lag first
 */
public record NodeReport(
        NodeId node,
        long incarnation,
        long sequence,
        long sentMs,
        String data,
        String admin,
        boolean leaving,
        MachineUse use,
        List<ExportLoad> exports) {

    /** Exports in one report; of more, those with the least load are left out. */
    public static final int MAX_EXPORTS = 1_000;

    private static final Comparator<ExportLoad> BY_LOAD =
            Comparator.comparingDouble(ExportLoad::bytesPerS)
                    .thenComparingLong(ExportLoad::lagBytes)
                    .reversed();

    /** Of a node that stays. */
    public NodeReport(
            NodeId node,
            long incarnation,
            long sequence,
            long sentMs,
            String data,
            String admin,
            MachineUse use,
            List<ExportLoad> exports) {
        this(node, incarnation, sequence, sentMs, data, admin, false, use, exports);
    }

    /** Sorts the exports and keeps {@link #MAX_EXPORTS}. */
    public NodeReport {
        exports = exports.stream().sorted(BY_LOAD).limit(MAX_EXPORTS).toList();
    }
}
