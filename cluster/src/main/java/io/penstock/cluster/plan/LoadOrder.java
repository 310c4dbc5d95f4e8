package io.penstock.cluster.plan;

/**
 * The nodes that take tasks, in the order of their load and then their index. A sorted array: a
 * change moves the nodes between, which for 10,000 nodes is a copy of 20 KB on average and costs
 * less than following the pointers of a tree.
 *
 * <p>Threading: confined to the planner's thread.
 */
final class LoadOrder {
    private final int[] nodes;
    private final double[] load;
    private int size;

    /** An empty order over at most so many nodes. */
    LoadOrder(int most) {
        nodes = new int[most];
        load = new double[most];
    }

    int size() {
        return size;
    }

    /** The node at a rank; 0 has the least load. */
    int at(int rank) {
        return nodes[rank];
    }

    void add(int node, double itsLoad) {
        load[node] = itsLoad;
        int rank = rankFor(node, itsLoad);
        System.arraycopy(nodes, rank, nodes, rank + 1, size - rank);
        nodes[rank] = node;
        size++;
    }

    void remove(int node) {
        int rank = rankFor(node, load[node]);
        System.arraycopy(nodes, rank + 1, nodes, rank, size - rank - 1);
        size--;
    }

    /** Takes over a node's new load. */
    void update(int node, double itsLoad) {
        int from = rankFor(node, load[node]);
        if (itsLoad >= load[node]) {
            int to = rankFor(node, itsLoad) - 1;
            if (to > from) {
                System.arraycopy(nodes, from + 1, nodes, from, to - from);
                nodes[to] = node;
            }
        } else {
            int to = rankFor(node, itsLoad);
            System.arraycopy(nodes, to, nodes, to + 1, from - to);
            nodes[to] = node;
        }
        load[node] = itsLoad;
    }

    /** How many nodes stand before a node with that load. */
    private int rankFor(int node, double itsLoad) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int other = nodes[middle];
            boolean before = load[other] < itsLoad || (load[other] == itsLoad && other < node);
            if (before) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
