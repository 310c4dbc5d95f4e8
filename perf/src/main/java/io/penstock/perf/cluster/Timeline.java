package io.penstock.perf.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Who ran what when, by what nodes said of themselves.
 *
 * <p>A node says so for a moment between question and answer. That it ran a task from one answer to
 * the next question is concluded when both name the task, lie close to each other, and no lease
 * lapsed between.
 *
 * <p>Threading: confined to one thread.
 */
final class Timeline {
    /** Two answers further apart than this say nothing of the time between. */
    private static final long CLOSE_NS = TimeUnit.MILLISECONDS.toNanos(1_000);

    /** From a node's decision to a delivery's arrival, and for what no question caught. */
    private static final long SLACK_NS = TimeUnit.MILLISECONDS.toNanos(300);

    private final Map<String, List<Sight>> seen = new HashMap<>();

    /** What has been seen so far. */
    Timeline(Watch watch) {
        for (String id : watch.ids()) {
            seen.put(id, watch.of(id));
        }
    }

    /** For tests. */
    Timeline(Map<String, List<Sight>> seen) {
        this.seen.putAll(seen);
    }

    private record Span(String task, String node, long fromNs, long toNs) {}

    /** Tasks that two nodes ran at once, in words. */
    List<String> runTwice() {
        List<Span> spans = new ArrayList<>();
        seen.forEach((node, sights) -> spans.addAll(spans(node, sights)));
        spans.sort(Comparator.comparing(Span::task).thenComparing(Span::fromNs));
        List<String> twice = new ArrayList<>();
        for (int i = 1; i < spans.size(); i++) {
            Span one = spans.get(i - 1);
            Span next = spans.get(i);
            boolean overlap = one.task.equals(next.task) && next.fromNs < one.toNs;
            if (overlap && !one.node.equals(next.node)) {
                twice.add(
                        "task %s ran on %s and %s at once, for %d ms"
                                .formatted(
                                        one.task,
                                        one.node,
                                        next.node,
                                        TimeUnit.NANOSECONDS.toMillis(
                                                Math.min(one.toNs, next.toNs) - next.fromNs)));
            }
        }
        return twice;
    }

    /** For each task the times in which the node ran it without doubt, as long as they get. */
    private static List<Span> spans(String node, List<Sight> sights) {
        List<Span> spans = new ArrayList<>();
        Map<String, Span> open = new HashMap<>();
        for (int i = 1; i < sights.size(); i++) {
            Sight one = sights.get(i - 1);
            Sight next = sights.get(i);
            Set<String> through = new HashSet<>(one.running());
            through.retainAll(next.running());
            boolean close = next.askedNs() - one.toldNs() < CLOSE_NS && one.leaseLeftMs() > 0;
            if (!close || one.lapses() != next.lapses()) {
                through.clear();
            }
            Map<String, Span> goOn = new HashMap<>();
            for (String task : through) {
                Span before = open.remove(task);
                long fromNs = before == null ? one.toldNs() : before.fromNs;
                goOn.put(task, new Span(task, node, fromNs, next.askedNs()));
            }
            spans.addAll(open.values());
            open = goOn;
        }
        spans.addAll(open.values());
        return spans;
    }

    /** How many leases of a node ended, over all its starts. */
    long lapses(String node) {
        long all = 0;
        long last = 0;
        for (Sight sight : seen.getOrDefault(node, List.of())) {
            all += sight.lapses() > last ? sight.lapses() - last : 0;
            last = sight.lapses();
        }
        return all;
    }

    /**
     * Whether a node may have sent a delivery of a task that arrived then: some answer near that
     * time says that it ran the task, and the lease of that answer was not over.
     *
     * @param task {@code repo/export}; a share of it, {@code repo/export#n}, is as good
     */
    boolean mayDeliver(String node, String task, long ns) {
        List<Sight> sights = seen.getOrDefault(node, List.of());
        for (int i = 0; i < sights.size(); i++) {
            Sight sight = sights.get(i);
            long before = i == 0 ? Long.MIN_VALUE : sights.get(i - 1).askedNs();
            long fromNs = Math.max(before, sight.askedNs() - CLOSE_NS) - SLACK_NS;
            long after = i + 1 == sights.size() ? Long.MAX_VALUE : sights.get(i + 1).toldNs();
            long toNs = Math.min(after, sight.leaseEndNs()) + SLACK_NS;
            if (ns >= fromNs && ns <= toNs && runs(sight, task)) {
                return true;
            }
        }
        return false;
    }

    private static boolean runs(Sight sight, String task) {
        return sight.running().stream()
                .anyMatch(each -> each.equals(task) || each.startsWith(task + "#"));
    }
}
