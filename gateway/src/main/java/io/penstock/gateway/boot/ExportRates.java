package io.penstock.gateway.boot;

import io.penstock.cluster.member.ExportLoad;
import io.penstock.exporter.fanout.ExportStats;
import io.penstock.model.RepoName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What exports counted, as rates since the look before.
 *
 * <p>Threading: confined to one thread.
 */
final class ExportRates {
    private Map<Key, Counted> last = Map.of();
    private long lastNs;

    private record Key(RepoName repo, String export) {}

    private record Counted(long records, long bytes) {}

    /** Loads of these exports; rates are 0 for those that were not there before. */
    List<ExportLoad> since(List<ExportStats> stats, long nowNs) {
        double seconds = (nowNs - lastNs) / 1e9;
        Map<Key, Counted> now = new HashMap<>();
        List<ExportLoad> loads = new ArrayList<>(stats.size());
        for (ExportStats each : stats) {
            Key key = new Key(each.repo(), each.export());
            Counted counted = new Counted(each.deliveredRecords(), each.deliveredBytes());
            Counted before = last.getOrDefault(key, counted);
            now.put(key, counted);
            loads.add(
                    new ExportLoad(
                            each.repo(),
                            each.export(),
                            perSecond(counted.records - before.records, seconds),
                            perSecond(counted.bytes - before.bytes, seconds),
                            each.lagRecords(),
                            each.lagBytes()));
        }
        last = now;
        lastNs = nowNs;
        return loads;
    }

    /** Bytes are counted anew when a repo is opened anew. */
    private static double perSecond(long difference, double seconds) {
        return seconds <= 0 ? 0 : Math.max(0, difference / seconds);
    }
}
