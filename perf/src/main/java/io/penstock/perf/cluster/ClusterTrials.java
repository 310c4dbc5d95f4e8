package io.penstock.perf.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs trials, one after the other, each with a cluster of its own.
 *
 * <p>Threading: confined to one thread.
 */
public final class ClusterTrials {
    private final TrialSettings settings;
    private final Consumer<String> progress;

    /**
     * Trials.
     *
     * @param progress is told what is being done
     */
    public ClusterTrials(TrialSettings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Runs them.
     *
     * @param trials the scenarios that happen to each cluster
     * @throws IOException when there is no room for its files
     */
    public List<TrialResult> run(List<List<Scenario>> trials)
            throws IOException, InterruptedException {
        List<TrialResult> results = new ArrayList<>();
        for (List<Scenario> scenarios : trials) {
            results.add(new Trial(settings, scenarios, progress).run());
        }
        return results;
    }
}
