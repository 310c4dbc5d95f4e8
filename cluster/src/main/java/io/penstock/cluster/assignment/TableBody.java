package io.penstock.cluster.assignment;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.model.RepoName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The body of format 2. Every name stands once:
 *
 * <pre>
 * epoch, sequence, nodes, nodes x name, rows, then for each export in order of its tasks:
 *     repo (an empty name: the repo of the export before), export, tasks, then for each task:
 *         share - (share of the task before + 1)
 *         node x 4 + (2: since as in the row before) + (1: RELEASE)
 *         unless since is as before: epochs back, then sequences back, or the sequence of an older epoch
 * then the orders: since (epoch, sequence), entries, entries x (key, value)
 * </pre>
 *
 * <p>The row before the first one is since the table's version. Format 1 has no orders.
 *
 * <p>Threading: any thread.
 */
final class TableBody {

    private static final int RELEASE_BIT = 1;
    private static final int SAME_SINCE_BIT = 2;
    private static final int NODE_SHIFT = 2;

    /** A guess at bytes a row, only to grow the array seldom. */
    private static final int ROW_BYTES = 6;

    private static final String KEY = "the key of an order";
    private static final String VALUE = "an order";

    private TableBody() {}

    static byte[] write(AssignmentTable table, int reserved) {
        ByteWriter out = new ByteWriter(reserved, 256 + table.rows().size() * ROW_BYTES);
        out.number(table.version().epoch());
        out.number(table.version().sequence());
        List<Map.Entry<TaskKey, Row>> rows = new ArrayList<>(table.rows().entrySet());
        // names stand for nodes: their hash is remembered, and 100,000 look-ups show
        Map<String, Integer> nodes = new LinkedHashMap<>();
        int[] nodeOfRow = new int[rows.size()];
        for (int i = 0; i < nodeOfRow.length; i++) {
            String name = rows.get(i).getValue().node().value();
            Integer known = nodes.putIfAbsent(name, nodes.size());
            nodeOfRow[i] = known == null ? nodes.size() - 1 : known;
        }
        out.number(nodes.size());
        nodes.keySet().forEach(out::name);
        out.number(rows.size());
        RowWriter writer = new RowWriter(out, table.version(), nodeOfRow);
        RepoName repo = null;
        int at = 0;
        while (at < rows.size()) {
            TaskKey first = rows.get(at).getKey();
            int end = at + 1;
            while (end < rows.size() && rows.get(end).getKey().sameExport(first)) {
                end++;
            }
            out.name(first.repo().equals(repo) ? "" : first.repo().value());
            out.name(first.export());
            out.number(end - at);
            writer.export(rows.subList(at, end));
            repo = first.repo();
            at = end;
        }
        orders(table.orders(), out);
        return out.toBytes();
    }

    private static void orders(Orders orders, ByteWriter out) {
        out.number(orders.since().epoch());
        out.number(orders.since().sequence());
        out.number(orders.entries().size());
        orders.entries()
                .forEach(
                        (key, value) -> {
                            out.text(key, Orders.MAX_KEY_BYTES, KEY);
                            out.text(value, Orders.MAX_VALUE_BYTES, VALUE);
                        });
    }

    private static Orders orders(ByteReader in) {
        Version since = new Version(in.number(), in.number());
        int count = in.number(Orders.MAX_ENTRIES, "orders");
        SortedMap<String, String> entries = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String key = in.text(Orders.MAX_KEY_BYTES, KEY);
            if (!entries.isEmpty() && entries.lastKey().compareTo(key) >= 0) {
                throw in.fault("an order out of order");
            }
            entries.put(key, in.text(Orders.MAX_VALUE_BYTES, VALUE));
        }
        return new Orders(since, entries);
    }

    static AssignmentTable read(ByteReader in, boolean hasOrders) {
        Version version = new Version(in.number(), in.number());
        int nodeCount = in.number(in.remaining(), "nodes");
        List<NodeId> nodes = new ArrayList<>();
        for (int i = 0; i < nodeCount; i++) {
            nodes.add(new NodeId(in.name()));
        }
        int rowCount = in.number(in.remaining(), "rows");
        List<Map.Entry<TaskKey, Row>> rows = new ArrayList<>(rowCount);
        RowReader reader = new RowReader(in, version, nodes);
        TaskKey last = null;
        RepoName repo = null;
        while (rows.size() < rowCount) {
            String name = in.name();
            repo = name.isEmpty() && repo != null ? repo : new RepoName(name);
            String export = in.name();
            int count = in.number(rowCount - rows.size(), "tasks of an export");
            if (count == 0) {
                throw in.fault("an export without tasks");
            }
            reader.export(repo, export, count, rows);
            TaskKey first = rows.get(rows.size() - count).getKey();
            if (last != null && last.compareTo(first) >= 0) {
                throw in.fault(first + " after " + last);
            }
            last = rows.get(rows.size() - 1).getKey();
        }
        Orders orders = hasOrders ? orders(in) : Orders.NONE;
        if (in.remaining() > 0) {
            throw in.fault(
                    in.remaining() + " bytes behind the last " + (hasOrders ? "order" : "row"));
        }
        return new AssignmentTable(version, new SortedRows(rows), orders);
    }

    /** Writes rows; knows the one before. */
    private static final class RowWriter {
        private final ByteWriter out;
        private final Version version;
        private final int[] nodeOfRow;
        private int written;
        private Version since;

        RowWriter(ByteWriter out, Version version, int[] nodeOfRow) {
            this.out = out;
            this.version = version;
            this.nodeOfRow = nodeOfRow;
            this.since = version;
        }

        void export(List<Map.Entry<TaskKey, Row>> rows) {
            int nextShare = 0;
            for (Map.Entry<TaskKey, Row> entry : rows) {
                int share = entry.getKey().share();
                out.number(share - nextShare);
                nextShare = share + 1;
                row(entry.getValue());
            }
        }

        private void row(Row row) {
            boolean same = row.since().equals(since);
            long node = nodeOfRow[written++];
            out.number(
                    (node << NODE_SHIFT)
                            | (same ? SAME_SINCE_BIT : 0)
                            | (row.state() == Row.State.RELEASE ? RELEASE_BIT : 0));
            if (!same) {
                since = row.since();
                long epochsBack = version.epoch() - since.epoch();
                out.number(epochsBack);
                out.number(
                        epochsBack == 0 ? version.sequence() - since.sequence() : since.sequence());
            }
        }
    }

    /** Reads rows; knows the one before. */
    private static final class RowReader {
        private final ByteReader in;
        private final Version version;
        private final List<NodeId> nodes;
        private Version since;

        RowReader(ByteReader in, Version version, List<NodeId> nodes) {
            this.in = in;
            this.version = version;
            this.nodes = nodes;
            this.since = version;
        }

        void export(RepoName repo, String export, int count, List<Map.Entry<TaskKey, Row>> rows) {
            long share = -1;
            for (int i = 0; i < count; i++) {
                share += 1 + in.number(Integer.MAX_VALUE, "as the gap to a share");
                if (share > Integer.MAX_VALUE) {
                    throw in.fault("share " + share);
                }
                rows.add(Map.entry(new TaskKey(repo, export, (int) share), row()));
            }
        }

        private Row row() {
            long word = in.number();
            if (word >>> NODE_SHIFT >= nodes.size()) {
                throw in.fault("node " + (word >>> NODE_SHIFT) + " of " + nodes.size());
            }
            if ((word & SAME_SINCE_BIT) == 0) {
                since = since();
            }
            Row.State state = (word & RELEASE_BIT) == 0 ? Row.State.RUN : Row.State.RELEASE;
            return new Row(nodes.get((int) (word >>> NODE_SHIFT)), state, since);
        }

        private Version since() {
            long epochsBack = in.number();
            long sequence = in.number();
            return epochsBack == 0
                    ? new Version(version.epoch(), version.sequence() - sequence)
                    : new Version(version.epoch() - epochsBack, sequence);
        }
    }
}
