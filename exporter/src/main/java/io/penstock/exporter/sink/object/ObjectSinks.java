package io.penstock.exporter.sink.object;

import io.penstock.model.RepoName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The object sinks that are open in this process, for those who watch them. As many as there are
 * exports of that type.
 *
 * <p>Threading: any thread.
 */
public final class ObjectSinks {

    private static final Set<ObjectSinkCounters> OPEN = ConcurrentHashMap.newKeySet();

    private ObjectSinks() {}

    static ObjectSinkCounters open(RepoName repo, String export) {
        ObjectSinkCounters counters = new ObjectSinkCounters(repo, export);
        OPEN.add(counters);
        return counters;
    }

    static void closed(ObjectSinkCounters counters) {
        OPEN.remove(counters);
    }

    /** Those that are open, by repo and export; all sinks of an export together. */
    public static List<ObjectSinkStats> stats() {
        Map<String, ObjectSinkStats> byExport = new TreeMap<>();
        for (ObjectSinkCounters each : OPEN) {
            ObjectSinkStats stats = each.stats();
            byExport.merge(stats.repo() + "/" + stats.export(), stats, ObjectSinkStats::with);
        }
        return List.copyOf(byExport.values());
    }

    /** Encodes that run now, of all sinks. */
    public static int encodesRunning() {
        return EncodeDesk.OF_THIS_NODE.running();
    }

    /** Encodes that wait for others to end before they begin. */
    public static int encodesWaiting() {
        return EncodeDesk.OF_THIS_NODE.waiting();
    }
}
