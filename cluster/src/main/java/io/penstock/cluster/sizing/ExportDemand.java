package io.penstock.cluster.sizing;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.model.RepoName;
import java.util.Set;

/**
 * An export, or a source, that shall run, with its rates.
 *
 * <p>Threading: immutable.
 *
 * @param repo its repo
 * @param export its name
 * @param group scheduling group of its tasks
 * @param liveBytesPerS smoothed rate now
 * @param forecastBytesPerS rate to plan for; never below the live one
 * @param partitions partitions of a source, which no more tasks can share; 0: any number can
 * @param exclusive whether each task must be alone on its node
 * @param pins nodes that its tasks may run on; empty: any
 * @param labels labels that the nodes must have
 * @param model what a rate needs
 */
public record ExportDemand(
        RepoName repo,
        String export,
        String group,
        double liveBytesPerS,
        double forecastBytesPerS,
        int partitions,
        boolean exclusive,
        Set<NodeId> pins,
        Set<String> labels,
        NeedModel model) {

    /** Checks the rates; keeps copies of the sets. */
    public ExportDemand {
        if (!(liveBytesPerS >= 0 && forecastBytesPerS >= liveBytesPerS)) {
            throw new IllegalArgumentException(
                    "rates of "
                            + repo
                            + "/"
                            + export
                            + ": live "
                            + liveBytesPerS
                            + ", forecast "
                            + forecastBytesPerS);
        }
        if (partitions < 0) {
            throw new IllegalArgumentException(partitions + " partitions");
        }
        pins = Set.copyOf(pins);
        labels = Set.copyOf(labels);
    }

    /** An export that may run anywhere in its group and that any number of tasks can share. */
    public static ExportDemand plain(
            RepoName repo, String export, String group, double liveBytesPerS, double forecast) {
        return new ExportDemand(
                repo,
                export,
                group,
                liveBytesPerS,
                forecast,
                0,
                false,
                Set.of(),
                Set.of(),
                NeedModel.DEFAULT);
    }

    /** The same over a source with so many partitions. */
    public ExportDemand over(int count) {
        return new ExportDemand(
                repo,
                export,
                group,
                liveBytesPerS,
                forecastBytesPerS,
                count,
                exclusive,
                pins,
                labels,
                model);
    }

    /** Whether its tasks are shares of partitions. */
    public boolean isSource() {
        return share(0).isSource();
    }

    /** The key of one of its tasks. */
    public TaskKey share(int index) {
        return new TaskKey(repo, export, index);
    }
}
