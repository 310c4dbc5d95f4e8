package io.penstock.cluster.member;

import io.penstock.cluster.NodeId;
import io.penstock.model.RepoName;
import java.util.ArrayList;
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
 * @param exports what it exports, the most bytes per second and then the largest lag first; all of
 *     them, or those with the most load and some others by turns
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

    /** Exports in one report; of more, those with the least load take turns. */
    public static final int MAX_EXPORTS = 1_000;

    /** Room for those that take turns, if there are more: nobody is forgotten for being idle. */
    static final int ROOM_FOR_TURNS = 200;

    private static final Comparator<ExportLoad> BY_LOAD =
            Comparator.comparingDouble(ExportLoad::bytesPerS)
                    .thenComparingLong(ExportLoad::lagBytes)
                    .reversed();

    private static final double GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

    private static final ExportLoad IDLE = new ExportLoad(new RepoName("-"), "-", 0, 0, 0, 0);

    /** Sorts the exports and keeps {@link #MAX_EXPORTS}. */
    public NodeReport {
        exports = exports.stream().sorted(BY_LOAD).toList();
        if (exports.size() > MAX_EXPORTS) {
            exports = some(exports, sequence).stream().sorted(BY_LOAD).toList();
        }
    }

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

    private static List<ExportLoad> some(List<ExportLoad> sorted, long turn) {
        long busy = sorted.stream().filter(each -> BY_LOAD.compare(each, IDLE) < 0).count();
        int always = (int) Math.min(busy, MAX_EXPORTS - ROOM_FOR_TURNS);
        List<ExportLoad> some = new ArrayList<>(sorted.subList(0, always));
        List<ExportLoad> rest = sorted.subList(always, sorted.size());
        int room = MAX_EXPORTS - always;
        // by the golden ratio: also who reads each sixth report only comes by all of them
        double turns = turn * GOLDEN_RATIO;
        int first = (int) ((turns - Math.floor(turns)) * rest.size());
        for (int i = 0; i < room; i++) {
            some.add(rest.get((first + i) % rest.size()));
        }
        return some;
    }
}
