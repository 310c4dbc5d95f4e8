package io.penstock.gateway.cluster;

import io.penstock.cluster.TaskKey;
import io.penstock.cluster.member.ExportLoad;
import io.penstock.exporter.fanout.ExportStats;
import io.penstock.exporter.source.SourceStats;
import io.penstock.model.RepoName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What exports, or sources, counted, as rates since the look before.
 *
 * <p>Threading: confined to one thread.
 */
public final class ExportRates {
    private Map<Key, Counted> last = Map.of();
    private long lastNs;

    private record Key(RepoName repo, String export) {}

    private record Counted(long records, long bytes) {}

    /** Since the last look. */
    private record Rate(double recordsPerS, double bytesPerS) {}

    /** What is looked at now, beside what was counted then. */
    private final class Look {
        private final Map<Key, Counted> now = new HashMap<>();
        private final double seconds;

        Look(long nowNs) {
            seconds = (nowNs - lastNs) / 1e9;
        }

        Rate rate(Key key, Counted counted) {
            Counted before = last.getOrDefault(key, counted);
            now.put(key, counted);
            return new Rate(
                    perSecond(counted.records - before.records, seconds),
                    perSecond(counted.bytes - before.bytes, seconds));
        }
    }

    /** Loads of these exports; rates are 0 for those that were not there before. */
    public List<ExportLoad> since(List<ExportStats> stats, long nowNs) {
        return all(stats, nowNs, look -> each -> load(each, look));
    }

    private static ExportLoad load(ExportStats each, Look look) {
        Rate rate =
                look.rate(
                        new Key(each.repo(), each.export()),
                        new Counted(each.deliveredRecords(), each.deliveredBytes()));
        return new ExportLoad(
                each.repo(),
                each.export(),
                rate.recordsPerS(),
                rate.bytesPerS(),
                each.lagRecords(),
                each.lagBytes());
    }

    /** The same of these sources. */
    List<ExportLoad> ofSources(List<SourceStats> stats, long nowNs) {
        return all(stats, nowNs, look -> each -> load(each, look));
    }

    private static ExportLoad load(SourceStats each, Look look) {
        String name = TaskKey.ofSource(each.name());
        Rate rate =
                look.rate(new Key(each.repo(), name), new Counted(each.records(), each.bytes()));
        return new ExportLoad(
                each.repo(),
                name,
                rate.recordsPerS(),
                rate.bytesPerS(),
                each.lagRecords(),
                0,
                each.ofPartitions());
    }

    private <T> List<ExportLoad> all(
            List<T> stats, long nowNs, Function<Look, Function<T, ExportLoad>> load) {
        Look look = new Look(nowNs);
        List<ExportLoad> loads = stats.stream().map(load.apply(look)).toList();
        last = look.now;
        lastNs = nowNs;
        return loads;
    }

    /** Bytes are counted anew when a repo is opened anew. */
    private static double perSecond(long difference, double seconds) {
        return seconds <= 0 ? 0 : Math.max(0, difference / seconds);
    }
}
