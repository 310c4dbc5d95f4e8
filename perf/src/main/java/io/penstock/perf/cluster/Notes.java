package io.penstock.perf.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What is written down during a trial. Threading: confined to the trial's thread. */
final class Notes {
    private static final int MOST_FAULTS = 50;

    private final Map<String, Long> timesMs = new LinkedHashMap<>();
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Map<String, Long> gapsMs = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private String chapter = "";

    /** What follows is about this; empty where nothing else is. */
    void chapter(String name) {
        chapter = name.isEmpty() ? "" : name + ": ";
    }

    /** The time since then, in milliseconds. */
    long time(String what, long sinceNs) {
        long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNs);
        longest(what, ms);
        return ms;
    }

    /** The longest of several times. */
    void longest(String what, long ms) {
        timesMs.merge(chapter + what, ms, Math::max);
    }

    void count(String what, long number) {
        counts.put(what, number);
    }

    /** How long each repo was without progress at the most. */
    void gaps(Map<String, Long> longestMs) {
        gapsMs.putAll(longestMs);
        long most = longestMs.values().stream().mapToLong(Long::longValue).max().orElse(0);
        longest("longest without progress in a repo", most);
    }

    void fault(String what) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(chapter + what);
        }
    }

    boolean faultless() {
        return faults.isEmpty();
    }

    TrialResult result(String scenario, int nodes) {
        return new TrialResult(
                scenario,
                nodes,
                "",
                new LinkedHashMap<>(counts),
                new LinkedHashMap<>(timesMs),
                new LinkedHashMap<>(gapsMs),
                List.copyOf(faults));
    }
}
