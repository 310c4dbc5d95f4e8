package io.penstock.cluster.plan;

import static io.penstock.cluster.plan.Placement.NONE;
import static io.penstock.cluster.plan.Problem.RESOURCES;

import io.penstock.cluster.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Placements in words.
 *
 * <p>Threading: immutable.
 */
final class Explanation {
    private final Problem problem;
    private final Placement placement;

    Explanation(Problem problem, Placement placement) {
        this.problem = problem;
        this.placement = placement;
    }

    String of(int task) {
        return text(task).stripTrailing();
    }

    private String text(int task) {
        String key = problem.tasks[task].key().toString();
        int node = placement.node[task];
        if (node == NONE) {
            return key
                    + " runs nowhere: "
                    + Objects.requireNonNull(placement.obstacle[task]).words()
                    + ". "
                    + need(task)
                    + conditions(task);
        }
        Reason reason = Objects.requireNonNull(placement.reason[task]);
        return key
                + " runs on "
                + problem.nodes[node].id()
                + from(task, node)
                + ": "
                + reason.words()
                + ". "
                + need(task)
                + load(node)
                + kin(task, node)
                + conditions(task);
    }

    private String from(int task, int node) {
        int was = problem.previous[task];
        if (was == node) {
            return "";
        }
        NodeId lost = problem.lostNode(task);
        if (was >= 0) {
            return " (before: " + problem.nodes[was].id() + ")";
        }
        return lost == null ? "" : " (before: " + lost + ")";
    }

    private String need(int task) {
        List<String> parts = new ArrayList<>();
        for (int r = 0; r < RESOURCES; r++) {
            double units = problem.need[task * RESOURCES + r] / 1e6;
            if (units > 0) {
                parts.add(Problem.ORDER.get(r).word() + " " + format("%.2f", units));
            }
        }
        return "It needs " + String.join(", ", parts) + " units. ";
    }

    private String load(int node) {
        double all = 0;
        for (int rank = 0; rank < placement.order.size(); rank++) {
            all += placement.load[placement.order.at(rank)];
        }
        String text = problem.nodes[node].id() + " is loaded to " + percent(placement.load[node]);
        if (placement.order.size() > 0) {
            text += ", the nodes that take tasks to " + percent(all / placement.order.size());
        }
        text += "; placing leaves " + percent(problem.group.headroom()) + " of each resource free";
        return placement.isBeyondLimit(node) ? text + ", which it no longer has. " : text + ". ";
    }

    private String kin(int task, int node) {
        int all = problem.exportSize[problem.export[task]];
        if (all < 2) {
            return "";
        }
        int here = placement.siblings(task, node);
        return here
                + " of the "
                + all
                + " tasks of its export "
                + (here == 1 ? "is" : "are")
                + " there. ";
    }

    private String conditions(int task) {
        String text = "";
        if (problem.isPinned(task)) {
            text += "Pinned to " + problem.tasks[task].pins().stream().sorted().toList() + ". ";
        }
        if (!problem.tasks[task].labels().isEmpty()) {
            text +=
                    "Asks for the labels "
                            + problem.tasks[task].labels().stream().sorted().toList()
                            + ". ";
        }
        return text + (problem.tasks[task].exclusive() ? "Must be alone." : "");
    }

    private static String percent(double share) {
        return format("%.0f %%", share * 100);
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
